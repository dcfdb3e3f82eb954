#include "libs/rpc/grpc_status.h"

#include "holdfast/common/v1/common.pb.h"
#include "holdfast/common/v1/error_details.pb.h"
#include "libs/base/check.h"

namespace holdfast {
namespace {

const Status kNotFoundOrNotAllowed{StatusCode::kNotFound, "NOT_FOUND_OR_NOT_ALLOWED",
                                   "not found, or not allowed"};

grpc::StatusCode ToGrpcCode(StatusCode code) {
  switch (code) {
    case StatusCode::kInvalidArgument:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case StatusCode::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case StatusCode::kPermissionDenied:
      return grpc::StatusCode::PERMISSION_DENIED;
    case StatusCode::kFailedPrecondition:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case StatusCode::kResourceExhausted:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case StatusCode::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case StatusCode::kDataLoss:
      return grpc::StatusCode::DATA_LOSS;
    case StatusCode::kInternal:
      return grpc::StatusCode::INTERNAL;
  }
  HOLDFAST_CHECK(false);
  std::abort();
}

// The code and reason of a failure that carries no details of ours.
std::pair<StatusCode, std::string> FromGrpcCode(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::ABORTED:
      return {StatusCode::kUnavailable, "OUTCOME_UNKNOWN"};
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
      return {StatusCode::kInvalidArgument, "INVALID_ARGUMENT"};
    case grpc::StatusCode::NOT_FOUND:
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED:
      return {StatusCode::kNotFound, kNotFoundOrNotAllowed.reason};
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::ALREADY_EXISTS:
      return {StatusCode::kFailedPrecondition, "FAILED_PRECONDITION"};
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return {StatusCode::kResourceExhausted, "RESOURCE_EXHAUSTED"};
    case grpc::StatusCode::DATA_LOSS:
      return {StatusCode::kDataLoss, "DATA_LOSS"};
    case grpc::StatusCode::UNIMPLEMENTED:
      return {StatusCode::kInternal, "UNIMPLEMENTED"};
    default:
      return {StatusCode::kInternal, "INTERNAL"};
  }
}

}  // namespace

grpc::Status ToGrpc(const Status& status, const FailureFacts& facts) {
  const bool hidden =
      status.code == StatusCode::kNotFound || status.code == StatusCode::kPermissionDenied;
  const Status& shown = hidden ? kNotFoundOrNotAllowed : status;
  common::v1::ErrorInfo info;
  info.set_reason(shown.reason);
  info.set_domain("holdfast");
  if (!hidden) info.mutable_metadata()->insert(facts.begin(), facts.end());
  const auto code = ToGrpcCode(shown.code);
  common::v1::ErrorDetails details;
  details.set_code(code);
  details.set_message(shown.message);
  details.add_details()->PackFrom(info);
  return {code, shown.message, details.SerializeAsString()};
}

CallFailure FromGrpc(const grpc::Status& status) {
  auto [code, reason] = FromGrpcCode(status.error_code());
  CallFailure failure{{code, reason, status.error_message()}, {}};
  common::v1::ErrorDetails details;
  common::v1::ErrorInfo info;
  if (!details.ParseFromString(status.error_details()) || details.details().empty() ||
      !details.details(0).UnpackTo(&info) || info.reason().empty()) {
    return failure;
  }
  failure.status.reason = info.reason();
  failure.facts.insert(info.metadata().begin(), info.metadata().end());
  return failure;
}

}  // namespace holdfast
