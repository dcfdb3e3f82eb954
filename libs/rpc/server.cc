#include "libs/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <mutex>
#include <utility>

#include "libs/rpc/listen_address.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Reflection on one server or not. Without this every server of a program that links the reflection
// library has it.
class Reflection final : public grpc::ServerBuilderOption {
 public:
  explicit Reflection(bool wanted) : wanted_(wanted) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    auto wanted = std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
    std::erase_if(*plugins, [&](const auto& plugin) { return plugin->name() == wanted->name(); });
    if (wanted_) plugins->push_back(std::move(wanted));
  }

 private:
  const bool wanted_;
};

std::shared_ptr<grpc::ServerCredentials> MutualTls(const TlsIdentity& identity) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = identity.authority_pem;
  options.pem_key_cert_pairs.push_back({identity.key_pem, identity.certificate_pem});
  return grpc::SslServerCredentials(options);  // TLS 1.2 or later
}

int Ms(milliseconds time) { return static_cast<int>(time.count()); }

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 100);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Ms(minutes(5)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Ms(minutes(30)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Ms(minutes(2)));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, Ms(minutes(5)));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
  // Two servers on one port would each get some of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetResourceQuota(grpc::ResourceQuota("holdfast").Resize(size_t{256} << 20));
}

}  // namespace

Result<std::unique_ptr<RpcServer>> RpcServer::Start(const ServerOptions& options,
                                                    const std::vector<grpc::Service*>& services) {
  auto address = ListenAddress::FromText(options.listen);
  if (!address)
    return Fail(StatusCode::kInvalidArgument, "LISTEN_REFUSED",
                options.listen + " is not HOST:PORT");
  if (!address->IsLoopback() && !options.beyond_loopback) {
    return Fail(StatusCode::kInvalidArgument, "LISTEN_REFUSED",
                options.listen +
                    " can be reached by other machines; put a proxy before Holdfast and listen on "
                    "127.0.0.1");
  }
  static std::once_flag health;
  std::call_once(health, [] { grpc::EnableDefaultHealthCheckService(true); });
  // Asked beforehand, since gRPC logs a taken port without saying so to its caller.
  if (auto is_free = CheckFree(*address); !is_free) return tl::unexpected(is_free.error());

  grpc::ServerBuilder builder;
  SetLimits(builder);
  builder.SetOption(std::make_unique<Reflection>(options.reflection));
  for (auto* service : services) builder.RegisterService(service);
  if (options.others != nullptr) builder.RegisterCallbackGenericService(options.others);
  int port = 0;
  builder.AddListeningPort(address->Text(), MutualTls(options.identity), &port);
  auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return Fail(StatusCode::kFailedPrecondition, "LISTEN_FAILED",
                "cannot serve on " + address->Text());
  }
  address->port = static_cast<uint16_t>(port);
  return std::unique_ptr<RpcServer>(new RpcServer(std::move(server), address->Text()));
}

RpcServer::RpcServer(std::unique_ptr<grpc::Server> server, std::string endpoint)
    : server_(std::move(server)), endpoint_(std::move(endpoint)) {}

RpcServer::~RpcServer() { Drain(milliseconds(0)); }

void RpcServer::SetServing(const std::string& service, bool serving) {
  if (service.empty()) {
    server_->GetHealthCheckService()->SetServingStatus(serving);
    return;
  }
  server_->GetHealthCheckService()->SetServingStatus(service, serving);
}

void RpcServer::Drain(milliseconds grace) {
  if (std::exchange(drained_, true)) return;
  server_->GetHealthCheckService()->SetServingStatus(false);
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

}  // namespace holdfast
