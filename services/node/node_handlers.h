// The RPCs of the process itself.
#pragma once

#include <functional>
#include <vector>

#include "holdfast/node/v1/node_service.grpc.pb.h"
#include "libs/projection/read_model.h"
#include "libs/rpc/gate.h"

namespace holdfast {

class NodeHandlers final : public node::v1::NodeService::WithRawCallbackMethod_ShowStatus<
                               node::v1::NodeService::WithRawCallbackMethod_RebuildModel<
                                   node::v1::NodeService::WithRawCallbackMethod_ShowModels<
                                       node::v1::NodeService::Service>>> {
 public:
  using GiveStatus = std::function<void(node::v1::ShowStatusResponse)>;

  // Both may be called from any thread. `status` gives the status once, on any thread; `models` are
  // those of the services here.
  NodeHandlers(const Gate& gate, std::function<void(GiveStatus)> status,
               std::function<std::vector<ReadModel*>()> models)
      : gate_(gate), status_(std::move(status)), models_(std::move(models)) {}

  grpc::ServerUnaryReactor* ShowStatus(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RebuildModel(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ShowModels(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  Gate gate_;
  const std::function<void(GiveStatus)> status_;
  const std::function<std::vector<ReadModel*>()> models_;
};

}  // namespace holdfast
