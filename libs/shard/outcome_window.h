// The outcomes of the last 30 days of journal time, by which repeats are known. A fold of the
// journal; expires by batch.
#pragma once

#include <absl/container/btree_map.h>

#include <deque>
#include <string>

#include "libs/journal/reader_state.h"
#include "libs/shard/command.h"
#include "libs/shard/state_store.h"

namespace holdfast {

inline constexpr int64_t kOutcomesLive_us = 30LL * 24 * 3600 * 1000000;

// The answer that an outcome stands for. `first_event` is the number of its batch's first event.
Answer AnswerOf(const journal::v1::Outcome& outcome, uint64_t first_event, int64_t recorded_at);

class OutcomeWindow {
 public:
  struct Found {
    journal::v1::Outcome outcome;
    Answer answer;
  };

  explicit OutcomeWindow(StateStore& store);

  // Reads the ids of what is stored.
  Result<void> Load();
  // Takes a valid batch's outcomes, and lets go of those that expired by then. `after` is the state
  // after the batch.
  Result<void> Apply(journal::v1::Record& batch, const ReaderState& after);
  Result<std::optional<Found>> Find(const std::string& authority, const CommandId& id);

  // Adds what has changed since it was last taken.
  void TakeChanges(RowChanges& changes);
  size_t dirty_bytes() const { return dirty_bytes_; }

 private:
  struct Place {
    uint64_t batch;  // its number among the valid records
    uint32_t index;
  };
  struct Expiry {
    int64_t recorded_at;
    uint64_t batch;
  };
  void Remember(uint64_t batch, const journal::v1::KeptOutcomes& kept);
  Result<std::optional<journal::v1::KeptOutcomes>> Batch(uint64_t number);
  Result<void> Expire(int64_t now_us);

  StateStore& store_;
  absl::btree_multimap<CommandId, Place> places_;         // ids are mostly of one time: neighbours
  std::deque<Expiry> expiries_;                           // oldest first
  std::map<uint64_t, std::optional<std::string>> dirty_;  // KeptOutcomes, as they are stored
  size_t dirty_bytes_ = 0;
};

}  // namespace holdfast
