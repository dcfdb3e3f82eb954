// What a read model is to its reader.
#pragma once

#include <optional>

#include "libs/journal/journal_reader.h"
#include "libs/shard/keeper.h"

namespace holdfast {

// Called on the reader's thread.
class Fold {
 public:
  virtual ~Fold() = default;
  // Where the rows stand that are stored for this partition; nothing when none are.
  virtual Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) = 0;
  // Takes one valid event into memory. A status is a poison event: the partition is read no
  // further.
  virtual Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) = 0;
  // Stores what was applied, with the place, in one write.
  virtual Result<void> Store(const LogPartition& partition,
                             const journal::v1::Checkpoint& checkpoint) = 0;
};

// Gives `fold` the events of a valid batch that `reader` has just read.
Result<void> ApplyEventsOf(const journal::v1::Record& batch, const JournalReader& reader,
                           Fold& fold);

}  // namespace holdfast
