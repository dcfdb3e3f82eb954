#include "tests/prove/kill_team.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

#include "libs/base/civil_date.h"

namespace holdfast {
namespace {

// How long what follows in another journal may take once the program serves again.
constexpr std::chrono::seconds kFollows{20};
// Reviews before this day are the meetings'; those that other clients state come later.
constexpr char kFirstOfOthers[] = "2020-01-01";

std::string DayAfter(CivilDate first, size_t days) {
  return first.PlusDays(static_cast<int>(days)).Iso();
}
std::string DayOfFact(size_t number) { return DayAfter(*CivilDate::FromYmd(2016, 1, 1), number); }
std::string DayHeld(size_t number) { return DayAfter(*CivilDate::FromYmd(2015, 6, 1), 2 * number); }
std::string DayCorrected(size_t number) {
  return DayAfter(*CivilDate::FromYmd(2015, 6, 2), 2 * number);
}
// After the campaign's day.
std::string DayPlanned(size_t number) { return DayAfter(*CivilDate::FromYmd(2026, 7, 1), number); }

enum class Fate { kHeld, kCorrected, kWithdrawn };
Fate FateOf(size_t number) {
  return std::array{Fate::kHeld, Fate::kCorrected, Fate::kWithdrawn}[number % 3];
}
size_t StepsOf(size_t number) { return FateOf(number) == Fate::kHeld ? 2 : 3; }

}  // namespace

TeamAtWork::Step TeamAtWork::NextFact() {
  const size_t number = facts_.size();
  ContactFact fact{.child = children_[number % children_.size()],
                   .is_session = number % 2 == 1,
                   .on = DayOfFact(number)};
  std::vector<std::string> words = {
      "case",  "record", fact.is_session ? "session" : "agreement", "--child", fact.child, "--on",
      fact.on, "--party"};
  const std::vector<std::string> rest =
      fact.is_session ? std::vector<std::string>{"father", "--state", "held"}
                      : std::vector<std::string>{"mother", "--purpose", "sustain_identity"};
  words.insert(words.end(), rest.begin(), rest.end());
  return {.command_id = NewCommandId(),
          .words = std::move(words),
          .done = [this, fact](const nlohmann::json&) { facts_.push_back(fact); }};
}

TeamAtWork::Step TeamAtWork::NextOfMeetings() {
  const bool begins =
      meetings_.empty() || meetings_.back().steps_done == StepsOf(meetings_.size() - 1);
  if (begins) {
    const size_t number = meetings_.size();
    return {.command_id = NewCommandId(),
            .words = {"meeting", "plan", "review", "--on", DayPlanned(number), "--child",
                      children_[number % children_.size()], "--child",
                      children_[(number + 1) % children_.size()]},
            .done = [this, number](const nlohmann::json& answer) {
              meetings_.push_back({.number = number, .id = answer["meeting"], .steps_done = 1});
            }};
  }
  const Meeting& meeting = meetings_.back();
  std::vector<std::string> words;
  if (meeting.steps_done == 1) {
    words = {"meeting", "hold", meeting.id, "--on", DayHeld(meeting.number)};
  } else if (FateOf(meeting.number) == Fate::kCorrected) {
    words = {"meeting",  "correct",           meeting.id, "--on", DayCorrected(meeting.number),
             "--reason", "the minute says so"};
  } else {
    words = {"meeting", "withdraw", meeting.id, "--reason", "of another team"};
  }
  return {.command_id = NewCommandId(),
          .words = std::move(words),
          .done = [this](const nlohmann::json&) { ++meetings_.back().steps_done; }};
}

void TeamAtWork::Work(const std::function<bool()>& gives_up) {
  if (!under_way_) {
    under_way_ = turns_++ % 2 == 0 ? NextFact() : NextOfMeetings();
    for (const auto& word :
         {"--command-id", under_way_->command_id.c_str(), "--authority", authority_.c_str()})
      under_way_->words.emplace_back(word);
    record_.Ask(under_way_->command_id, under_way_->words);
  }
  Send(gives_up);
}

bool TeamAtWork::Send(const std::function<bool()>& gives_up) {
  const ToldBy told = folder_.Run(under_way_->words, gives_up);
  if (told.code != 0) return false;
  const auto answer = told.json();
  record_.Answer(under_way_->command_id, answer.value("result", ""));
  under_way_->done(answer);
  under_way_.reset();
  return true;
}

void TeamAtWork::Settle(CampaignResult& result) {
  if (!under_way_ || Send({})) return;
  std::printf("violation: no answer to %s, asked again\n", under_way_->command_id.c_str());
  ++result.violations;
}

TeamAtWork::ChildsRecord TeamAtWork::Expected(const std::string& child) const {
  ChildsRecord record;
  for (const auto& fact : facts_) {
    if (fact.child == child)
      (fact.is_session ? record.sessions : record.agreements).insert(fact.on);
  }
  record.agreements_of_case = record.agreements;
  for (const auto& meeting : meetings_) {
    const size_t number = meeting.number;
    const bool is_of_it = children_[number % children_.size()] == child ||
                          children_[(number + 1) % children_.size()] == child;
    const bool is_over = meeting.steps_done == 3;
    if (!is_of_it || (is_over && FateOf(number) == Fate::kWithdrawn)) continue;
    if (meeting.steps_done == 1) {
      record.meetings.insert(meeting.id + " planned " + DayPlanned(number));
      continue;
    }
    const std::string day = is_over ? DayCorrected(number) : DayHeld(number);
    record.meetings.insert(meeting.id + " held " + day);
    record.reviews.insert(day);
  }
  return record;
}

TeamAtWork::ChildsRecord TeamAtWork::Found(const std::string& child) const {
  ChildsRecord record;
  const auto shown = folder_.Done({"case", "show", "--child", child, "--authority", authority_});
  for (const auto& agreement : shown["contact"])
    record.agreements_of_case.insert(agreement["from"].get<std::string>());
  for (const auto& meeting : shown["meetings"]) {
    record.meetings.insert(meeting["meeting"].get<std::string>() + " " +
                           meeting["state"].get<std::string>() + " " +
                           meeting["on"].get<std::string>());
  }
  for (const auto& review : shown["reviews"]) {
    const auto day = review["on"].get<std::string>();
    if (day < kFirstOfOthers) record.reviews.insert(day);
  }
  const auto contact =
      folder_.Done({"contact", "show", "--child", child, "--authority", authority_});
  for (const auto& agreement : contact["agreements"])
    record.agreements.insert(agreement["from"].get<std::string>());
  for (const auto& session : contact["sessions"])
    record.sessions.insert(session["on"].get<std::string>());
  return record;
}

void TeamAtWork::Judge(CampaignResult& result) const {
  for (const auto& child : children_) {
    const ChildsRecord expected = Expected(child);
    const auto end = std::chrono::steady_clock::now() + kFollows;
    ChildsRecord found = Found(child);
    while (!(found == expected) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      found = Found(child);
    }
    JudgeStanding("agreement of " + child, expected.agreements, found.agreements, result);
    JudgeStanding("agreement in the case of " + child, expected.agreements_of_case,
                  found.agreements_of_case, result);
    JudgeStanding("session of " + child, expected.sessions, found.sessions, result);
    JudgeStanding("meeting of " + child, expected.meetings, found.meetings, result);
    JudgeStanding("review at a meeting of " + child, expected.reviews, found.reviews, result);
  }
}

}  // namespace holdfast
