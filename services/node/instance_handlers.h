// What other instances ask of this one.
#pragma once

#include <map>
#include <string>

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/crypto/keys_folder.h"
#include "libs/rpc/gate.h"
#include "libs/shard/service_shards.h"

namespace holdfast {

class InstanceHandlers final
    : public node::v1::InstanceService::WithRawCallbackMethod_SubmitCommand<
          node::v1::InstanceService::WithRawCallbackMethod_GiveKeyFile<
              node::v1::InstanceService::Service>> {
 public:
  explicit InstanceHandlers(const Gate& gate) : gate_(gate) {}

  // Before it serves. `shards` outlive every call.
  void Add(const std::string& service, ServiceShards& shards) { shards_.emplace(service, &shards); }

  // Before it serves. `keys` outlives every call.
  void GiveKeysOf(KeysFolder& keys) { keys_ = &keys; }

  grpc::ServerUnaryReactor* SubmitCommand(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GiveKeyFile(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

 private:
  Gate gate_;
  std::map<std::string, ServiceShards*> shards_;
  KeysFolder* keys_ = nullptr;
};

}  // namespace holdfast
