#include "services/node/partition_census.h"

#include <algorithm>
#include <tuple>

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/shard/service_shards.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kAnswerLimit{2};
constexpr char kOwner[] = "owner";
constexpr char kStandby[] = "standby";

// What is asked of all at once.
struct Census {
  std::mutex mutex;
  RowsByInstance told;
  size_t left = 0;
  std::function<void(RowsByInstance)> then;
};

struct AskedInstance {
  std::string id;
  grpc::ClientContext context;
  node::v1::ShowPartitionsRequest request;
  node::v1::ShowPartitionsResponse response;
};

void Take(Census& census, AskedInstance& asked, bool answered) {
  {
    const std::lock_guard lock(census.mutex);
    auto& rows = *asked.response.mutable_partitions();
    if (answered) census.told[asked.id] = {rows.begin(), rows.end()};
    if (--census.left > 0) return;
  }
  census.then(std::move(census.told));
}

}  // namespace

PartitionRows PartitionsHere(const std::string& instance,
                             const std::vector<std::unique_ptr<Service>>& services) {
  PartitionRows rows;
  for (const auto& service : services) {
    const ServiceShards* shards = service->shards();
    for (uint32_t p = 0; shards != nullptr && p < shards->partition_count(); ++p) {
      const ShardStatus here = shards->status(p);
      auto& row = rows.emplace_back();
      row.set_service(service->name());
      row.set_partition(p);
      row.set_role(here.serving ? kOwner : kStandby);
      row.set_instance(instance);
      row.set_epoch(here.read.epoch);
      row.set_behind(here.behind);
      if (here.unreadable) row.set_unreadable(here.unreadable->message);
    }
  }
  return rows;
}

void AskForPartitions(const std::vector<InstanceView>& others, PeerChannels& channels,
                      std::function<void(RowsByInstance)> then) {
  if (others.empty()) return then({});
  const auto census = std::make_shared<Census>();
  census->left = others.size();
  census->then = std::move(then);
  for (const InstanceView& other : others) {
    const auto asked = std::make_shared<AskedInstance>();
    asked->id = other.id;
    Prepare(asked->context, {.timeout = kAnswerLimit});
    const std::shared_ptr stub = node::v1::InstanceService::NewStub(channels.To(other.endpoint));
    stub->async()->ShowPartitions(
        &asked->context, &asked->request, &asked->response,
        [census, asked, stub](const grpc::Status& status) { Take(*census, *asked, status.ok()); });
  }
}

PartitionRows MergePartitions(const RowsByInstance& told,
                              const std::map<LogPartition, OwnerAddress>& known) {
  PartitionRows rows;
  std::map<LogPartition, uint64_t> owned;  // the highest claim of an owner
  for (const auto& [instance, own] : told) {
    for (const auto& row : own) {
      rows.push_back(row);
      if (row.role() != kOwner) continue;
      uint64_t& epoch = owned[{row.service(), row.partition()}];
      epoch = std::max(epoch, row.epoch());
    }
  }
  for (auto& row : rows) {
    if (row.role() == kOwner && row.epoch() < owned.at({row.service(), row.partition()}))
      row.set_role(kStandby);
  }
  for (const auto& [partition, owner] : known) {
    if (owned.contains(partition) || told.contains(owner.instance)) continue;
    auto& row = rows.emplace_back();
    row.set_service(partition.service);
    row.set_partition(partition.partition);
    row.set_role(kOwner);
    row.set_instance(owner.instance);
    row.set_epoch(owner.epoch);
  }
  std::ranges::sort(rows, {}, [](const auto& row) {
    return std::tuple(row.service(), row.partition(), row.role() != kOwner, row.instance());
  });
  return rows;
}

}  // namespace holdfast
