#include <algorithm>
#include <map>
#include <set>

#include "tests/sim/checker.h"
#include "tests/sim/relay_keeper.h"
#include "tests/sim/valid_log.h"

namespace holdfast {
namespace {

struct Word {
  uint64_t number = 0;  // of the source's event
  std::string payload;
  uint64_t offset = 0;  // at the target

  bool operator==(const Word& other) const {
    return number == other.number && payload == other.payload;
  }
};
using Way = std::pair<uint8_t, uint8_t>;  // from source to target
using Words = std::map<Way, std::vector<Word>>;

class PushJudgement {
 public:
  explicit PushJudgement(const std::vector<std::vector<LogRecord>>& logs) {
    for (const auto& log : logs) {
      for (const ValidBatch& batch : ValidBatches(log)) Replay(batch);
    }
  }

  std::vector<std::string> Run(const History& history) {
    for (const auto& [way, words] : due_) CompareWith(words, told_[way]);
    for (const auto& [way, words] : told_) {
      if (!due_.contains(way)) Violate("I4: a push that nothing caused");
    }
    for (const auto& [source, newest] : newest_) {
      if (confirmed_[source] != newest) Violate("I9: a subject was left untold");
    }
    for (const PushSeen& push : history.pushes) CheckAnswered(push);
    return std::move(violations_);
  }

 private:
  void Violate(const std::string& what) { violations_.push_back(what); }

  void Replay(const ValidBatch& batch) {
    for (const auto& outcome : batch.record.outcomes()) {
      if (outcome.principal() != kRelayPrincipal) continue;
      // Answers name the subject, the target and the round.
      if (!decided_.insert(outcome.answer()).second) Violate("I2: a push was decided twice");
      const bool accepted = outcome.kind() == journal::v1::OUTCOME_KIND_ACCEPTED;
      if (accepted != (outcome.event_count() > 0)) Violate("I4: a push has another effect");
    }
    for (int i = 0; i < batch.record.events_size(); ++i) {
      const auto& event = batch.record.events(i);
      const SubjectId subject = SubjectId::FromBytes(event.subject()).value_or(SubjectId{});
      ReplayEvent(subject.bytes[0], event.payload(),
                  {.number = batch.events_before + static_cast<uint64_t>(i) + 1,
                   .payload = event.payload(),
                   .offset = batch.offset});
    }
  }

  void ReplayEvent(uint8_t subject, const std::string& payload, const Word& word) {
    for (const SubjectId& target : RelayTargets(RelaySubject(subject), payload)) {
      due_[{subject, target.bytes[0]}].push_back(word);
      newest_[subject] = word.number;
    }
    if (const auto relayed = RelayedIn(payload)) {
      told_[{relayed->source, subject}].push_back(
          {.number = relayed->number, .payload = relayed->payload, .offset = word.offset});
    }
    if (!payload.starts_with('=')) return;
    const uint64_t through = std::stoull(payload.substr(1));
    if (through <= confirmed_[subject] || through > newest_[subject]) {
      Violate("I3: told, but not what was there to tell");
    }
    confirmed_[subject] = through;
  }

  // What stands at a target is what follows from the source, each once and in the source's order.
  void CompareWith(const std::vector<Word>& due, const std::vector<Word>& told) {
    if (due == told) return;
    const auto has = [](const std::vector<Word>& words, const Word& word) {
      return std::ranges::count(words, word);
    };
    bool explained = false;
    for (const Word& word : due) {
      if (has(told, word) == 1) continue;
      explained = true;
      Violate(has(told, word) == 0 ? "I9: a push never took effect"
                                   : "I2: a push took effect twice");
    }
    for (const Word& word : told) {
      if (has(due, word) > 0) continue;
      explained = true;
      Violate("I4: a push that nothing caused");
    }
    if (!explained) Violate("I3: pushes took effect in another order than their source's");
  }

  // Who waits for a push is answered when all that follows is in the targets' logs.
  void CheckAnswered(const PushSeen& push) {
    for (const auto& [way, words] : due_) {
      if (way.first != push.subject.bytes[0]) continue;
      const uint64_t end = push.ends[PartitionOf(RelaySubject(way.second), push.ends.size())];
      const auto& told = told_[way];
      for (const Word& word : words) {
        if (word.number > push.through) break;
        const auto there = std::ranges::find(told, word);
        if (there == told.end() || there->offset >= end) {
          Violate("I1: a push was answered that did not yet stand at its target");
        }
      }
    }
  }

  Words due_, told_;
  std::map<uint8_t, uint64_t> newest_, confirmed_;  // event numbers, by source
  std::set<std::string> decided_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> CheckPushes(const History& history,
                                     const std::vector<std::vector<LogRecord>>& logs) {
  return PushJudgement(logs).Run(history);
}

}  // namespace holdfast
