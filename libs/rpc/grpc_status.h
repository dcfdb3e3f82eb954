// Status as it travels: a gRPC status whose details carry an ErrorInfo
// (holdfast/common/v1/error_details.proto).
#pragma once

#include <grpcpp/support/status.h>

#include <map>
#include <string>

#include "libs/base/status.h"

namespace holdfast {

// Further facts of a failure without personal data: "file", "line", "field", "rule".
using FailureFacts = std::map<std::string, std::string>;

// What was not found and what is not allowed become the very same bytes, whatever their reasons,
// messages and facts: the caller learns nothing of what belongs to others.
grpc::Status ToGrpc(const Status& status, const FailureFacts& facts = {});

struct CallFailure {
  Status status;
  FailureFacts facts;
};

// The failure of a call, of any server. Without details of ours: what may have been done in spite
// of the failure (unavailable, deadline exceeded, cancelled) is kUnavailable, OUTCOME_UNKNOWN; the
// rest is named after its code.
CallFailure FromGrpc(const grpc::Status& status);

}  // namespace holdfast
