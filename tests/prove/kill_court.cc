#include "tests/prove/kill_court.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>
#include <thread>

#include "libs/base/check.h"
#include "libs/base/civil_date.h"

namespace holdfast {
namespace {

constexpr char kSource[] = "court-a";
constexpr char kColumns[] = "event_id,sent_at,kind,on,ref,authority,local_id\n";
constexpr size_t kItems = 3;
constexpr int kDays = 3000;
// How long what follows in another journal may take once the program serves again.
constexpr std::chrono::seconds kFollows{20};

std::string DayOf(size_t batch, size_t item) {
  const auto first = *CivilDate::FromYmd(2026, 7, 1);  // after the campaign's day: in the calendar
  return first.PlusDays(static_cast<int>((2 * batch + item) % kDays)).Iso();
}

std::string SentAt(size_t batch) {
  char text[32];
  std::snprintf(text, sizeof text, "2026-05-01T%02zu:%02zu:%02zuZ", batch / 3600 % 24,
                batch / 60 % 60, batch % 60);
  return text;
}

void WriteSynced(const std::filesystem::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  HOLDFAST_CHECK(file >= 0);
  HOLDFAST_CHECK(write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  HOLDFAST_CHECK(fdatasync(file) == 0 && close(file) == 0);
}

void Tell(const char* what, const std::string& local_id, const std::string& ref) {
  std::printf("%s: hearing %s of %s\n", what, ref.c_str(), local_id.c_str());
}

}  // namespace

void FeedingCourt::Register() {
  folder_.Done(
      {"source", "add", kSource, "--kind", "court", "--nation", "england", "--covers", authority_});
}

void FeedingCourt::Feed(const std::string& registered, const std::string& to_come,
                        const std::function<bool()>& gives_up) {
  const size_t number = batches_.size();
  const std::string name = std::to_string(number);
  const auto line = [&](const std::string& ref, const std::string& day,
                        const std::string& local_id) {
    hearings_[local_id][ref] = day;
    return "e" + ref + "," + SentAt(number) + ",hearing_set," + day + "," + ref + "," + authority_ +
           "," + local_id + "\n";
  };
  std::string text = kColumns;
  // The later version of one event counts, also when it comes first.
  const std::string moved_day = DayOf(number, 0);
  const auto moves = moves_.find(',');
  text += moves == std::string::npos
              ? line("F" + name, moved_day, registered)
              : line(moves_.substr(0, moves), moved_day, moves_.substr(moves + 1));
  text += line("H" + name, DayOf(number, 1), registered);
  text += line("P" + name, DayOf(number, 1), to_come);
  moves_ = "H" + name + "," + registered;
  batches_.push_back({.file = files_ / ("batch-" + name + ".csv")});
  WriteSynced(batches_.back().file, text);
  Send(batches_.back(), gives_up);
}

bool FeedingCourt::Send(Batch& batch, const std::function<bool()>& gives_up) {
  const ToldBy told = folder_.Run({"feed", batch.file, "--source", kSource}, gives_up);
  if (told.code != 0 && told.code != 1) return false;  // 1: some wait for their child
  const auto answer = told.json();
  batch.answered = answer.is_object() && answer.value("total", size_t{0}) == kItems &&
                   answer["outcomes"].value("refused", 0) == 0;
  return batch.answered;
}

void FeedingCourt::Settle(CampaignResult& result) {
  for (Batch& batch : batches_) {
    if (batch.answered || Send(batch, {})) continue;
    std::printf("violation: no answer to %s, sent again\n", batch.file.c_str());
    ++result.violations;
  }
}

uint64_t FeedingCourt::hearings() const {
  uint64_t count = 0;
  for (const auto& [local_id, hearings] : hearings_) count += hearings.size();
  return count;
}

void FeedingCourt::Judge(CampaignResult& result) const {
  std::map<std::string, uint64_t> parked;  // items by event id
  const auto unmatched = folder_.Done({"feed", "unmatched", "--source", kSource});
  for (const auto& item : unmatched["items"]) ++parked[item["event_id"]];
  for (const auto& [local_id, hearings] : hearings_) {
    const ToldBy told =
        folder_.Run({"case", "show", "--local-id", local_id, "--authority", authority_});
    if (told.code == 0) {
      JudgeChild(local_id, hearings, told.json(), result);
      continue;
    }
    // Not registered: its items wait, each once.
    for (const auto& [ref, day] : hearings) {
      if (parked["e" + ref] == 0) Tell("lost", local_id, ref);
      result.lost += parked["e" + ref] == 0;
      result.doubled += parked["e" + ref] > 1;
    }
  }
}

bool FeedingCourt::AreThere(const DayByRef& hearings, const nlohmann::json& shown) {
  return std::ranges::all_of(hearings, [&](const auto& said) {
    return std::ranges::any_of(shown["hearings"], [&](const auto& one) {
      return one["ref"] == said.first && one["on"] == said.second;
    });
  });
}

void FeedingCourt::JudgeChild(const std::string& local_id, const DayByRef& hearings,
                              nlohmann::json shown, CampaignResult& result) const {
  const auto end = std::chrono::steady_clock::now() + kFollows;
  while (!AreThere(hearings, shown) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    shown = folder_.Done({"case", "show", "--local-id", local_id, "--authority", authority_});
  }
  std::map<std::string, std::vector<std::string>> days;  // by ref
  for (const auto& one : shown["hearings"])
    days[one["ref"].get<std::string>()].push_back(one["on"].get<std::string>());
  for (const auto& [ref, day] : hearings) {
    const auto& found = days[ref];
    if (found.size() == 1 && found.front() == day) continue;
    const bool lost = std::ranges::find(found, day) == found.end();
    Tell(lost ? "lost" : "doubled", local_id, ref);
    ++(lost ? result.lost : result.doubled);
  }
  for (const auto& [ref, found] : days) {
    if (hearings.contains(ref)) continue;
    Tell("violation, nobody stated", local_id, ref);
    ++result.violations;
  }
  JudgeCalendar(shown, result);
}

// What alerting keeps of the same hearings, from two journals away.
void FeedingCourt::JudgeCalendar(const nlohmann::json& shown, CampaignResult& result) const {
  const auto calendar = folder_.Done(
      {"case", "calendar", "--child", shown["child"].get<std::string>(), "--authority", authority_});
  std::multiset<std::string> in_case;
  std::multiset<std::string> in_calendar;
  for (const auto& one : shown["hearings"]) in_case.insert(one["on"].get<std::string>());
  for (const auto& item : calendar["items"])
    if (item["what"] == "hearing") in_calendar.insert(item["on"].get<std::string>());
  if (in_case == in_calendar) return;
  std::printf("violation: the calendar of %s has %zu hearings, the case %zu\n",
              shown["child"].get<std::string>().c_str(), in_calendar.size(), in_case.size());
  ++result.violations;
}

}  // namespace holdfast
