// A gRPC server as Holdfast runs it: mutual TLS, limits, health, a drain.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/status.h"
#include "libs/rpc/certificates.h"

namespace grpc {
class CallbackGenericService;
class Server;
class Service;
}  // namespace grpc

namespace holdfast {

// The most that a request may have: imports. Most methods have less: see RoleRow.
inline constexpr int kMaxMessageBytes = 4 << 20;

struct ServerOptions {
  std::string listen = "127.0.0.1:0";  // port 0: one that is free
  bool beyond_loopback = false;  // without it, an address that other machines reach is refused
  bool reflection = false;       // for development: tells every caller what services there are
  TlsIdentity identity;
  // Takes the calls of methods that none of the services has, and outlives the server. Null: they
  // are answered UNIMPLEMENTED.
  grpc::CallbackGenericService* others = nullptr;
};

// Started from Start to Drain or destruction. Each client shows a certificate of ca.pem, or has no
// connection.
class RpcServer {
 public:
  // `services` outlive it. LISTEN_REFUSED (kInvalidArgument) for an address beyond loopback,
  // PORT_TAKEN, LISTEN_FAILED.
  static Result<std::unique_ptr<RpcServer>> Start(const ServerOptions& options,
                                                  const std::vector<grpc::Service*>& services);
  ~RpcServer();
  RpcServer(const RpcServer&) = delete;
  RpcServer& operator=(const RpcServer&) = delete;

  // Where clients reach it, such as "127.0.0.1:40123".
  const std::string& endpoint() const { return endpoint_; }

  // What grpc.health.v1.Health answers for `service` ("cases"); nothing serves until it is said
  // here. The name "" is the server as a whole, which serves from Start on.
  void SetServing(const std::string& service, bool serving);

  // Answers NOT_SERVING, takes no more calls, and returns when all that run have ended. After
  // `grace` those left are cancelled for their callers; it returns once their handlers let go of
  // them too. Again is no error.
  void Drain(std::chrono::milliseconds grace);

 private:
  RpcServer(std::unique_ptr<grpc::Server> server, std::string endpoint);

  std::unique_ptr<grpc::Server> server_;
  std::string endpoint_;
  bool drained_ = false;
};

}  // namespace holdfast
