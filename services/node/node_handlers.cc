#include "services/node/node_handlers.h"

#include <algorithm>

namespace holdfast {
namespace {

Result<uint64_t> RebuildNamed(const std::vector<ReadModel*>& models, const std::string& name) {
  std::string known;
  for (ReadModel* model : models) {
    if (model->status().name == name) return model->Rebuild();
    known += (known.empty() ? "" : ", ") + model->status().name;
  }
  return Fail(StatusCode::kInvalidArgument, "UNKNOWN_MODEL",
              known.empty() ? "no service of this instance has a read model"
                            : "the read models of this instance are " + known);
}

}  // namespace

grpc::ServerUnaryReactor* NodeHandlers::ShowStatus(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::ShowStatusRequest, node::v1::ShowStatusResponse>(
      {context, "holdfast.node.v1.NodeService/ShowStatus", request, response}, [this](auto call) {
        status_([call](const node::v1::ShowStatusResponse& status) { call->Finish(status); });
      });
}

grpc::ServerUnaryReactor* NodeHandlers::RebuildModel(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::RebuildModelRequest, node::v1::RebuildModelResponse>(
      {context, "holdfast.node.v1.NodeService/RebuildModel", request, response}, [this](auto call) {
        const auto version = RebuildNamed(models_(), call->request().model());
        if (!version) return call->Fail(version.error());
        node::v1::RebuildModelResponse begun;
        begun.set_version(*version);
        call->Finish(begun);
      });
}

grpc::ServerUnaryReactor* NodeHandlers::ShowModels(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::ShowModelsRequest, node::v1::ShowModelsResponse>(
      {context, "holdfast.node.v1.NodeService/ShowModels", request, response}, [this](auto call) {
        node::v1::ShowModelsResponse shown;
        for (const ReadModel* model : models_()) {
          const auto status = model->status();
          auto& one = *shown.add_models();
          one.set_name(status.name);
          one.set_version(status.version);
          one.set_behind(status.behind);
          one.set_swapped(status.is_made);
          if (status.failure) one.set_failure(status.failure->message);
        }
        call->Finish(shown);
      });
}

}  // namespace holdfast
