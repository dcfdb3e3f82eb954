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

void FindRow(ServiceShards& shards, std::string key, Monotonic deadline,
             std::function<void(Result<std::optional<std::string>>)> then) {
  const auto found = std::make_shared<std::optional<std::string>>();
  PartitionWalk walk;
  walk.deadline = deadline;
  walk.visit = [found, key = std::move(key)](uint32_t, ShardView& view) -> Result<WalkOn> {
    const auto rows = view.Scan(key, "", 1);
    if (!rows) return tl::unexpected(rows.error());
    if (!rows->empty() && rows->front().key == key) *found = rows->front().value;
    return WalkOn::kNextPartition;
  };
  walk.done = [found, then = std::move(then)](const Result<void>& done) {
    if (!done) return then(tl::unexpected(done.error()));
    then(std::move(*found));
  };
  WalkPartitions(shards, std::move(walk));
}

}  // namespace holdfast
