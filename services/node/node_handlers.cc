#include "services/node/node_handlers.h"

namespace holdfast {

grpc::ServerUnaryReactor* NodeHandlers::ShowStatus(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::ShowStatusRequest, node::v1::ShowStatusResponse>(
      {context, "holdfast.node.v1.NodeService/ShowStatus", request, response},
      [this](auto call) { call->Finish(status_()); });
}

}  // namespace holdfast
