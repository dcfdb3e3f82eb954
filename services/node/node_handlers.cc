#include "services/node/node_handlers.h"

namespace holdfast {

grpc::ServerUnaryReactor* NodeHandlers::ShowStatus(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::ShowStatusRequest, node::v1::ShowStatusResponse>(
      {context, "holdfast.node.v1.NodeService/ShowStatus", request, response}, [this](auto call) {
        status_([call](const node::v1::ShowStatusResponse& status) { call->Finish(status); });
      });
}

}  // namespace holdfast
