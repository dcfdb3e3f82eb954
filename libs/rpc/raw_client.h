// Calls by name and bytes, without generated code: for walking every method of every service.
#pragma once

#include <memory>
#include <string>

#include "libs/rpc/client.h"

namespace holdfast {

// A call as bytes.
struct RawRequest {
  std::string method;  // full name, such as "holdfast.cases.v1.CasesService/ShowCase"
  std::string bytes;   // the serialised request
};

// Blocks. The answer's bytes; of a stream the first message.
CallResult<std::string> CallRaw(const std::shared_ptr<grpc::Channel>& channel,
                                const RawRequest& request, const CallOptions& options = {});

}  // namespace holdfast
