#include "libs/rpc/unary_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

namespace holdfast {

AnyUnaryCall::AnyUnaryCall(Parts parts)
    : admission_(std::move(parts.admission)),
      deadline_(parts.deadline),
      slice_(std::move(parts.request)),
      bytes_(reinterpret_cast<const char*>(slice_.begin()), slice_.size()),
      response_(parts.response),
      reactor_(parts.reactor) {}

AnyUnaryCall::~AnyUnaryCall() {
  Fail({StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
        "the call was given up; it may have been done"});
}

void AnyUnaryCall::Fail(const Status& status, const FailureFacts& facts) {
  if (!answered_.exchange(true)) reactor_->Finish(ToGrpc(status, facts));
}

void AnyUnaryCall::FinishWith(const google::protobuf::Message& response) {
  if (answered_.exchange(true)) return;
  bool own = false;
  const auto written = grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(
      response, response_, &own);
  reactor_->Finish(written);
}

}  // namespace holdfast
