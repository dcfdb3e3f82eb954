// The RPCs of the process itself.
#pragma once

#include <functional>

#include "holdfast/node/v1/node_service.grpc.pb.h"
#include "libs/rpc/gate.h"

namespace holdfast {

class NodeHandlers final : public node::v1::NodeService::WithRawCallbackMethod_ShowStatus<
                               node::v1::NodeService::Service> {
 public:
  using GiveStatus = std::function<void(node::v1::ShowStatusResponse)>;

  // `status` may be called from any thread; it gives the status once, on any thread.
  NodeHandlers(const Gate& gate, std::function<void(GiveStatus)> status)
      : gate_(gate), status_(std::move(status)) {}

  grpc::ServerUnaryReactor* ShowStatus(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  Gate gate_;
  const std::function<void(GiveStatus)> status_;
};

}  // namespace holdfast
