// What the instances of a deployment hold of its partitions, as each tells of itself.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "holdfast/node/v1/node_service.pb.h"
#include "services/node/instances.h"
#include "services/node/owners.h"
#include "services/node/peer_channels.h"
#include "services/node/service.h"

namespace holdfast {

using PartitionRows = std::vector<node::v1::PartitionStatus>;
using RowsByInstance = std::map<std::string, PartitionRows>;  // by the instance's id

// One for each partition of each journal here.
PartitionRows PartitionsHere(const std::string& instance,
                             const std::vector<std::unique_ptr<Service>>& services);

// Asks each of `others` for its own. Calls `then` once, on any thread, within some two seconds,
// with those that have answered.
void AskForPartitions(const std::vector<InstanceView>& others, PeerChannels& channels,
                      std::function<void(RowsByInstance)> then);

// All of `told`, by service and partition, the owner first. Of several that take themselves for the
// owner the highest claim counts. What is `known` of the owner of a partition stands in for an
// instance that has not told.
PartitionRows MergePartitions(const RowsByInstance& told,
                              const std::map<LogPartition, OwnerAddress>& known);

}  // namespace holdfast
