#include "tests/sim/checker.h"

#include <algorithm>
#include <map>

#include "libs/journal/record.h"

namespace holdfast {
namespace {

using journal::v1::Record;
using Lists = std::map<std::string, std::vector<std::string>>;  // by subject
using Name = std::pair<std::string, std::string>;               // authority, command id

struct ValidBatch {
  Record record;
  uint64_t events_before = 0;
  Chain chain;  // after it
};

// The valid batches of a log, by the rule as the design states it.
std::vector<ValidBatch> ValidBatches(const std::vector<LogRecord>& log) {
  std::vector<ValidBatch> batches;
  uint64_t epoch = 0, seq = 0, events = 0;
  std::string nonce;
  Chain chain{};
  for (const LogRecord& logged : log) {
    Record record;
    if (!record.ParseFromString(logged.bytes.substr(1))) continue;
    if (record.kind() == journal::v1::RECORD_KIND_CLAIM) {
      if (record.epoch() <= epoch || record.epoch() > epoch + 1024) continue;
      epoch = record.epoch();
      nonce = record.nonce();
      seq = 0;
      chain = ExtendChain(chain, logged.bytes);
    } else if (record.epoch() == epoch && record.nonce() == nonce && record.seq() == seq + 1 &&
               record.prev() == AsBytes(chain)) {
      ++seq;
      chain = ExtendChain(chain, logged.bytes);
      batches.push_back({record, events, chain});
      events += static_cast<uint64_t>(record.events_size());
    }
  }
  return batches;
}

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
    if (sent == sent_.end()) return Violate("I4: an outcome of a command that nobody sent");
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
    const CommandSeen& command = *sent->second;
    auto& list = lists_[command.subject.Bytes()];
    const Expected expected = Decide(list, command.value);
    if (outcome.kind() != expected.kind || outcome.answer() != expected.answer) {
      Violate("I3: a command was not decided on the state before it");
    }
    if (static_cast<int>(outcome.first_event()) != next_event) Violate("I3: event ranges differ");
    for (uint32_t i = 0; i < outcome.event_count(); ++i) {
      if (next_event >= batch.record.events_size()) return Violate("I1: an event is missing");
      const auto& event = batch.record.events(next_event++);
      if (event.payload() != command.value) Violate("I3: another event than was decided");
      lists_[event.subject()].push_back(event.payload());
      states_.push_back(lists_);
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

std::vector<std::string> CheckReactions(const std::vector<LogRecord>& source,
                                        const std::vector<LogRecord>& log) {
  std::vector<std::string> violations;
  std::vector<std::pair<journal::v1::Event, Chain>> heard;
  for (const ValidBatch& batch : ValidBatches(source)) {
    for (const auto& event : batch.record.events()) heard.emplace_back(event, batch.chain);
  }
  std::map<std::string, uint64_t> lengths;  // by subject
  uint64_t consumed = 0;
  for (const ValidBatch& batch : ValidBatches(log)) {
    int next_event = 0;
    for (const auto& range : batch.record.sources()) {
      if (range.from() != consumed + 1) violations.push_back("I2: a source event twice, or none");
      for (; consumed < std::min<uint64_t>(range.to(), heard.size()); ++consumed) {
        const uint64_t length = ++lengths[heard[consumed].first.subject()];
        const bool right =
            next_event < batch.record.events_size() &&
            batch.record.events(next_event).payload() == "echo " + std::to_string(length);
        if (!right) violations.push_back("I3: a reaction not decided on the state before it");
        ++lengths[heard[consumed].first.subject()];
        ++next_event;
      }
      if (range.to() > heard.size() || range.chain() != AsBytes(heard[range.to() - 1].second)) {
        violations.push_back("I1: a source range that the source does not hold");
      }
    }
  }
  if (consumed != heard.size()) violations.push_back("I9: source events that were never consumed");
  return violations;
}

}  // namespace holdfast
