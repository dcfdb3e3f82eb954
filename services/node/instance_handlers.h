// What other instances ask of this one.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/crypto/keys_folder.h"
#include "libs/rpc/gate.h"
#include "libs/shard/service_shards.h"
#include "services/node/partition_census.h"

namespace holdfast {

class InstanceHandlers final
    : public node::v1::InstanceService::WithRawCallbackMethod_SubmitCommand<
          node::v1::InstanceService::WithRawCallbackMethod_ShowPartitions<
              node::v1::InstanceService::WithRawCallbackMethod_GiveKeyFile<
                  node::v1::InstanceService::Service>>> {
 public:
  // `partitions` are this instance's own; it may be called from any thread.
  InstanceHandlers(const Gate& gate, std::function<PartitionRows()> partitions)
      : gate_(gate), partitions_(std::move(partitions)) {}

  // Before it serves. `shards` outlive every call.
  void Add(const std::string& service, ServiceShards& shards) { shards_.emplace(service, &shards); }

  // Before it serves. `keys` outlives every call.
  void GiveKeysOf(KeysFolder& keys) { keys_ = &keys; }

  grpc::ServerUnaryReactor* SubmitCommand(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ShowPartitions(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GiveKeyFile(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

 private:
  Gate gate_;
  const std::function<PartitionRows()> partitions_;
  std::map<std::string, ServiceShards*> shards_;
  KeysFolder* keys_ = nullptr;
};

}  // namespace holdfast
