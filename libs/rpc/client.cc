#include "libs/rpc/client.h"

#include "libs/rpc/server.h"

namespace holdfast {

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& endpoint,
                                           const TlsIdentity& identity) {
  const auto credentials =
      grpc::SslCredentials({identity.authority_pem, identity.key_pem, identity.certificate_pem});
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);  // repeating is the caller's, with a budget
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  // How long an attempt may take: a busy machine needs its time for a handshake. A refusal is told
  // at once.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // Every server's certificate has this name and no client's has: an instance is known by its
  // authority, at whatever address others reach it.
  arguments.SetSslTargetNameOverride("localhost");
  return grpc::CreateCustomChannel(endpoint, credentials, arguments);
}

Result<void> AwaitServer(grpc::Channel& channel, std::chrono::milliseconds timeout) {
  if (channel.WaitForConnected(std::chrono::system_clock::now() + timeout)) return {};
  return Fail(
      StatusCode::kUnavailable, "NO_SERVER",
      "no server answers, or one of the two certificates is not accepted by the other side");
}

void Prepare(grpc::ClientContext& context, const CallOptions& options) {
  context.set_deadline(std::chrono::system_clock::now() + options.timeout);
  if (options.purpose) context.AddMetadata(kPurposeMetadata, std::string(Text(*options.purpose)));
  if (options.caller) context.AddMetadata(kCallerMetadata, IdentityUri(*options.caller));
}

}  // namespace holdfast
