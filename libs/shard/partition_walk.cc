#include "libs/shard/partition_walk.h"

namespace holdfast {
namespace {

void Visit(ServiceShards& shards, const std::shared_ptr<PartitionWalk>& walk, uint32_t partition) {
  if (partition >= shards.partition_count()) return walk->done({});
  const auto run = [&shards, walk, partition](Result<ShardView> view) {
    if (!view) return walk->done(tl::unexpected(view.error()));
    const auto on = walk->visit(partition, *view);
    if (!on) return walk->done(tl::unexpected(on.error()));
    if (*on == WalkOn::kDone) return walk->done({});
    Visit(shards, walk, *on == WalkOn::kNextPartition ? partition + 1 : partition);
  };
  shards.Read(partition, {.at_least = walk->at_least(partition),
                          .after_sources = walk->after_sources,
                          .deadline = walk->deadline,
                          .run = run});
}

}  // namespace

void WalkPartitions(ServiceShards& shards, PartitionWalk walk) {
  const uint32_t first = walk.first;
  Visit(shards, std::make_shared<PartitionWalk>(std::move(walk)), first);
}

}  // namespace holdfast
