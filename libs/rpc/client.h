// The calling side: a channel with an identity, and calls with a deadline and a purpose.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "libs/base/status.h"
#include "libs/rpc/certificates.h"
#include "libs/rpc/grpc_status.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/role.h"

namespace holdfast {

// A channel that shows `identity` and accepts servers of its authority alone. Connects at the first
// call.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& endpoint,
                                           const TlsIdentity& identity);

// Waits until the channel is connected. NO_SERVER (kUnavailable): nothing was sent, nobody answers
// there, or one side's certificate is not accepted.
Result<void> AwaitServer(grpc::Channel& channel, std::chrono::milliseconds timeout);

struct CallOptions {
  std::chrono::milliseconds timeout{30'000};
  std::optional<Purpose> purpose = std::nullopt;  // none: the default of role and method
  std::optional<Identity> caller = std::nullopt;  // a service names whom it speaks for
};

// Sets what `options` say. For asynchronous calls; CallUnary does it itself.
void Prepare(grpc::ClientContext& context, const CallOptions& options);

template <typename T>
using CallResult = tl::expected<T, CallFailure>;

// A blocking call, such as CallUnary(*stub, &EchoService::Stub::Echo, request).
template <typename Stub, typename Request, typename Response>
CallResult<Response> CallUnary(Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request, const CallOptions& options = {}) {
  grpc::ClientContext context;
  Prepare(context, options);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return tl::unexpected(FromGrpc(status));
  return response;
}

}  // namespace holdfast
