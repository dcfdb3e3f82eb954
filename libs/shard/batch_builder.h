// Decides commands one after the other on the overlay, and packs what follows from them into one
// batch.
#pragma once

#include <unordered_map>

#include "libs/shard/moment.h"
#include "libs/shard/mutant.h"
#include "libs/shard/pending_batch.h"

namespace holdfast {

struct BatchLimits {
  size_t batch_bytes = 512 << 10;
  size_t batch_commands = 1000;
  size_t command_bytes = 256 << 10;  // of a request, and of one command's events
};

// Against the recorded_at that a command's batch carries.
inline constexpr int64_t kOldestCommand_us = 25LL * 24 * 3600 * 1000000;
inline constexpr int64_t kNewestCommand_us = 5LL * 60 * 1000000;

// Used on the shard's thread.
class BatchBuilder {
 public:
  BatchBuilder(const Keeper& keeper, KeptState& applied, Overlay& overlay, BatchLimits limits,
               Mutant mutant);

  // What decisions are made under from now on. `events_before`: valid events and those in flight.
  void Begin(DecideContext context, uint64_t events_before);

  // Answers at once when the command is a repeat, too old or malformed; else it is part of the open
  // batch.
  void Decide(SubmittedCommand submitted, Effects& effects);

  // Takes a source's event, and what the keeper states because of it, into the open batch.
  Result<void> React(const SourceEvent& event, const Chain& source_chain);

  bool IsFull() const;
  bool HasOutcomesOrEvents() const;
  bool HasSources() const { return open_.record.sources_size() > 0; }

  // The open batch; another is open now. Its commands stay known until it is Forgotten.
  PendingBatch Take();
  void Forget(const PendingBatch& batch);
  // Forgets all, the open batch too, which is returned.
  PendingBatch DropAll();

 private:
  bool AnswerRepeat(SubmittedCommand& submitted, Effects& effects);
  bool JoinInFlight(SubmittedCommand& submitted, Effects& effects);
  Result<void> RequireAge(const Command& command) const;
  bool IsSameRequest(const Command& command, const journal::v1::Outcome& outcome) const;
  Result<void> AddEvents(const std::vector<NewEvent>& events);
  void AddOutcome(const Command& command, const Decision& decision);
  void Keep(SubmittedCommand submitted, const Decision& decision);

  const Keeper& keeper_;
  KeptState& applied_;
  Overlay& overlay_;
  const BatchLimits limits_;
  const Mutant mutant_;
  DecideContext context_{};
  uint64_t events_before_ = 0;
  PendingBatch open_;
  std::unordered_multimap<CommandId, PendingCommand*> in_flight_;
};

}  // namespace holdfast
