// The server as commands see it: found by its data folder, spoken to with an identity of the keys
// folder.
//
//   auto client = Client::Open(options, {.role = Role::kWorker, .authority = authority});
//   if (!client) return Report(client.error(), options);
//   cases::v1::ListCasesRequest request;
//   request.set_authority((*client)->authority());
//   const auto answer = (*client)->Call(&cases::v1::CasesService::Stub::ListCases, request);
//   if (!answer) return Report(answer.error(), options);
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "holdfast/common/v1/call.pb.h"
#include "libs/base/clock.h"
#include "libs/rpc/client.h"
#include "libs/rpc/retry.h"
#include "tools/holdfast/acting_identity.h"

namespace holdfast::cli {

// One thread's.
class Client {
 public:
  // Finds the server, picks the identity and connects. NO_SERVER; NO_IDENTITY (kNotFound) when KEYS
  // has none that may; USAGE when several authorities have one and none was chosen.
  static Result<std::unique_ptr<Client>> Open(const GlobalOptions& options, const ActsAs& acts_as);

  // The authority acted for: the one chosen, else the identity's own; blank for an identity of the
  // whole deployment.
  const std::string& authority() const { return authority_; }
  const IdentityName& identity() const { return identity_; }

  // A header with a new command id. A command that is called again with the same header is done
  // once.
  common::v1::CommandHeader NewHeader() const;
  // The same with the id that --command-id gave, a UUID; USAGE when it is none. Blank: a new one.
  Result<common::v1::CommandHeader> HeaderWithId(const std::string& uuid) const;

  // For streams, which begin again by themselves: where to, and whether that is still there.
  const std::shared_ptr<grpc::Channel>& Channel() const { return channel_; }
  // Another process may serve the folder by now, elsewhere.
  void Reconnect();
  static Status StatusOf(const CallFailure& failure);

  // Calls, and calls again with the same request while it was not taken or its outcome is not
  // known, for as long as `limit` in all. OUTCOME_UNKNOWN when it is not known then either.
  template <typename Stub, typename Request, typename Response>
  Result<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request,
                        std::chrono::milliseconds limit = std::chrono::seconds(30)) {
    const Monotonic end = clock_.Steady() + limit;
    auto result = CallWithRetry(clock_, {.total = limit}, [&] {
      Stub stub(Channel());
      auto answer = CallUnary(stub, method, request, {.timeout = LeftUntil(end)});
      if (!answer) Reconnect();
      return answer;
    });
    if (!result) return tl::unexpected(StatusOf(result.error()));
    return std::move(*result);
  }

 private:
  // Where the server is now. NO_SERVER.
  Result<std::string> FindEndpoint() const;
  Client(GlobalOptions options, IdentityName identity, TlsIdentity tls, std::string authority)
      : options_(std::move(options)),
        identity_(std::move(identity)),
        tls_(std::move(tls)),
        authority_(std::move(authority)) {}

  Result<void> Connect();
  std::chrono::milliseconds LeftUntil(Monotonic end) const;

  const GlobalOptions options_;
  const IdentityName identity_;
  const TlsIdentity tls_;
  const std::string authority_;
  SystemClock clock_;
  std::string endpoint_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace holdfast::cli
