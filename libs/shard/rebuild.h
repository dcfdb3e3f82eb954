// Derived state made again from the journal, to be compared with what is stored: a state is a
// function of the journal's prefix, to the byte.
#pragma once

#include <memory>

#include "libs/journal/checkpoint.h"
#include "libs/shard/keeper.h"
#include "libs/shard/state_store.h"

namespace holdfast {

struct RebuildOptions {
  JournalIdentity identity;
  std::vector<JournalIdentity> sources;  // journals that the shard reacts to
};

// The rows that a shard of `keeper` holds once it has read its journal up to `end`, and no record
// more. Fails when the journals do not hold what the shard had read.
Result<std::unique_ptr<MemoryStateStore>> RebuildShard(const RebuildOptions& options, EventLog& log,
                                                       const Keeper& keeper,
                                                       const journal::v1::Checkpoint& end);

// The key of the first row, in byte order, that `stored` has otherwise than `rebuilt`; nothing when
// they are the same. The row of a subject without any event is as good as none.
Result<std::optional<std::string>> FirstDifference(StateStore& stored,
                                                   const MemoryStateStore& rebuilt);

}  // namespace holdfast
