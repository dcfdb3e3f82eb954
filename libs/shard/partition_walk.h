// Reads a service's partitions one after another: for lists, and for what may lie in any of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "libs/shard/service_shards.h"

namespace holdfast {

enum class WalkOn {
  kSamePartition,  // visit it again, later: others get their turn
  kNextPartition,
  kDone,
};

struct PartitionWalk {
  uint32_t first = 0;
  std::function<uint64_t(uint32_t partition)> at_least = [](uint32_t) { return 0; };
  bool after_sources = false;  // as of ShardRead
  Monotonic deadline{};
  // Called on the shards' threads, never twice at once.
  std::function<Result<WalkOn>(uint32_t partition, ShardView& view)> visit;
  // Called once: after the last visit, or with what went wrong.
  std::function<void(Result<void>)> done;
};

// `shards` outlives the walk, which ends at the latest when they stop.
void WalkPartitions(ServiceShards& shards, PartitionWalk walk);

// The value of the read-model row of that key, which at most one partition has; nothing when none
// has. All are read, so that the reads do not tell whether there is one.
void FindRow(ServiceShards& shards, std::string key, Monotonic deadline,
             std::function<void(Result<std::optional<std::string>>)> then);

}  // namespace holdfast
