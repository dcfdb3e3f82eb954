#include "tests/sim/checker.h"

#include <algorithm>
#include <map>

#include "tests/sim/relay_keeper.h"
#include "tests/sim/valid_log.h"

namespace holdfast {
namespace {

using Lists = std::map<std::string, std::vector<std::string>>;  // by subject
using Name = std::pair<std::string, std::string>;               // authority, command id

// What the small fold decides, written a second time.
struct Expected {
  journal::v1::OutcomeKind kind;
  std::string answer;
};
Expected Decide(const std::vector<std::string>& list, const std::string& value) {
  if (value.starts_with('!')) {
    return {journal::v1::OUTCOME_KIND_REFUSED, std::to_string(list.size())};
  }
  if (!list.empty() && list.back() == value) {
    return {journal::v1::OUTCOME_KIND_NO_OP, std::to_string(list.size())};
  }
  return {journal::v1::OUTCOME_KIND_ACCEPTED, std::to_string(list.size() + 1)};
}

// Where a command stands in the log.
struct Place {
  uint64_t index = 0;  // among all outcomes
  Answer answer;
};

class Judgement {
 public:
  Judgement(const History& history, const std::vector<LogRecord>& log)
      : history_(history), batches_(ValidBatches(log)) {
    for (const CommandSeen& command : history.commands) {
      sent_[{command.authority, command.id.Bytes()}] = &command;
    }
  }

  std::vector<std::string> Run() {
    Replay();
    CheckCommands();
    CheckRealTime();
    CheckReads();
    return std::move(violations_);
  }

 private:
  void Violate(const std::string& what) { violations_.push_back(what); }

  void Replay() {
    int64_t last_recorded_at = 0;
    states_.push_back({});
    for (const ValidBatch& batch : batches_) {
      if (batch.record.recorded_at() <= last_recorded_at) Violate("I6: recorded_at did not rise");
      last_recorded_at = batch.record.recorded_at();
      int next_event = 0;
      for (const auto& outcome : batch.record.outcomes()) ReplayOutcome(batch, outcome, next_event);
      if (next_event != batch.record.events_size()) Violate("I4: events that no command caused");
    }
  }

  void ReplayOutcome(const ValidBatch& batch, const journal::v1::Outcome& outcome,
                     int& next_event) {
    const Name name{outcome.authority(), outcome.command_id()};
    const auto sent = sent_.find(name);
    const bool is_push = sent == sent_.end() && outcome.principal() == kRelayPrincipal;
    if (sent == sent_.end() && !is_push) {
      return Violate("I4: an outcome of a command that nobody sent");
    }
    const uint64_t first = batch.events_before + outcome.first_event() + 1;
    const Place place{
        .index = ++outcomes_,
        .answer = {.kind = outcome.kind(),
                   .result = outcome.result(),
                   .answer = outcome.answer(),
                   .first_event = first,
                   .last_event = first + outcome.event_count() - 1,
                   .recorded_at = Instant(std::chrono::microseconds(batch.record.recorded_at()))}};
    if (!places_.emplace(name, place).second) Violate("I2: a command was decided twice");
    if (!is_push) CheckDecision(*sent->second, outcome);
    if (static_cast<int>(outcome.first_event()) != next_event) Violate("I3: event ranges differ");
    for (uint32_t i = 0; i < outcome.event_count(); ++i) {
      if (next_event >= batch.record.events_size()) return Violate("I1: an event is missing");
      const auto& event = batch.record.events(next_event++);
      if (!is_push && event.payload() != sent->second->value) {
        Violate("I3: another event than was decided");
      }
      if (!event.payload().starts_with('=')) lists_[event.subject()].push_back(event.payload());
      states_.push_back(lists_);
    }
  }

  void CheckDecision(const CommandSeen& command, const journal::v1::Outcome& outcome) {
    const Expected expected = Decide(lists_[command.subject.Bytes()], command.value);
    if (outcome.kind() != expected.kind || outcome.answer() != expected.answer) {
      Violate("I3: a command was not decided on the state before it");
    }
  }

  void CheckCommands() {
    for (const CommandSeen& command : history_.commands) {
      const auto place = places_.find({command.authority, command.id.Bytes()});
      const bool there = place != places_.end();
      if (command.answer && !there) {
        Violate("I1: an acknowledged command is not in the log");
      } else if (command.answer) {
        Answer answer = *command.answer;
        answer.repeated = false;
        if (answer != place->second.answer) Violate("I1: another answer than the log's");
      } else if (there && command.not_taken == command.attempts) {
        Violate("I4: a command that was never taken is in the log");
      }
    }
  }

  // An answer that came before another command was sent must stand before it in the log.
  void CheckRealTime() {
    std::vector<const CommandSeen*> by_answer;
    std::vector<const CommandSeen*> by_invocation;
    for (const CommandSeen& command : history_.commands) {
      if (!places_.contains({command.authority, command.id.Bytes()})) continue;
      if (command.answered) by_answer.push_back(&command);
      by_invocation.push_back(&command);
    }
    std::ranges::sort(by_answer, {}, [](const CommandSeen* seen) { return *seen->answered; });
    std::ranges::sort(by_invocation, {}, &CommandSeen::invoked);
    uint64_t newest = 0;
    size_t answered = 0;
    for (const CommandSeen* command : by_invocation) {
      for (; answered < by_answer.size() && *by_answer[answered]->answered < command->invoked;
           ++answered) {
        newest = std::max(newest, IndexOf(*by_answer[answered]));
      }
      if (IndexOf(*command) <= newest) Violate("I6: the log contradicts real time");
    }
  }

  uint64_t IndexOf(const CommandSeen& command) {
    return places_.at({command.authority, command.id.Bytes()}).index;
  }

  void CheckReads() {
    for (const ReadSeen& read : history_.reads) {
      if (read.position < read.at_least) Violate("I6: a read went back behind its session");
      if (read.position >= states_.size()) {
        Violate("I4: a read saw more than the log holds");
        continue;
      }
      const Lists& lists = states_[read.position];
      const auto list = lists.find(read.subject.Bytes());
      const std::vector<std::string> none;
      if (read.values != (list == lists.end() ? none : list->second)) {
        Violate("I4: a read saw another state than the log gives at its position");
      }
    }
  }

  const History& history_;
  const std::vector<ValidBatch> batches_;
  std::map<Name, const CommandSeen*> sent_;
  std::map<Name, Place> places_;
  Lists lists_;
  std::vector<Lists> states_;  // after each number of events
  uint64_t outcomes_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> CheckHistory(const History& history, const std::vector<LogRecord>& log) {
  return Judgement(history, log).Run();
}

}  // namespace holdfast
