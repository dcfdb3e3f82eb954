#include "services/node/instance_handlers.h"

#include "services/node/peer_forwarder.h"

namespace holdfast {

grpc::ServerUnaryReactor* InstanceHandlers::SubmitCommand(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request,
                                                          grpc::ByteBuffer* response) {
  using Request = node::v1::SubmitCommandRequest;
  using Response = node::v1::SubmitCommandResponse;
  return gate_.Unary<Request, Response>(
      {context, "holdfast.node.v1.InstanceService/SubmitCommand", request, response},
      [this](const std::shared_ptr<UnaryCall<Request, Response>>& call) {
        const auto& asked = call->request();
        const auto found = shards_.find(asked.service());
        auto command = CommandOf(asked);
        if (!command)
          return call->Fail(
              {StatusCode::kInvalidArgument, "ID_NOT_16_BYTES", "an id has 16 bytes"});
        if (found == shards_.end() || asked.partition() >= found->second->partition_count()) {
          return call->Finish(
              ResponseOf(tl::unexpected(NotTaken("this instance does not run the service"))));
        }
        found->second->SubmitHere(
            asked.partition(), std::move(*command),
            [call](const Result<Answer>& answer) { call->Finish(ResponseOf(answer)); });
      });
}

grpc::ServerUnaryReactor* InstanceHandlers::ShowPartitions(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return gate_.Unary<node::v1::ShowPartitionsRequest, node::v1::ShowPartitionsResponse>(
      {context, "holdfast.node.v1.InstanceService/ShowPartitions", request, response},
      [this](auto call) {
        node::v1::ShowPartitionsResponse answer;
        for (auto& row : partitions_()) answer.mutable_partitions()->Add(std::move(row));
        call->Finish(answer);
      });
}

grpc::ServerUnaryReactor* InstanceHandlers::GiveKeyFile(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  using Request = node::v1::GiveKeyFileRequest;
  using Response = node::v1::GiveKeyFileResponse;
  return gate_.Unary<Request, Response>(
      {context, "holdfast.node.v1.InstanceService/GiveKeyFile", request, response},
      [this](const std::shared_ptr<UnaryCall<Request, Response>>& call) {
        const auto code = AuthorityCode::FromText(call->request().of());
        if (!code)
          return call->Fail({StatusCode::kInvalidArgument, "AUTHORITY_CODE_WRONG",
                             "the code of an authority or a source is needed"});
        if (keys_ == nullptr)
          return call->Fail({StatusCode::kNotFound, "AUTHORITY_UNKNOWN", "no such key here"});
        const auto file = keys_->ExportKey({*code, call->request().version()});
        if (!file) return call->Fail(file.error());
        Response given;
        given.set_file(*file);
        call->Finish(given);
      });
}

}  // namespace holdfast
