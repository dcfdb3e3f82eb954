// Every method by every role, over real TLS: exactly what the table grants is let in.
#include <gtest/gtest.h>

#include "libs/rpc/echo_bench.h"
#include "libs/rpc/raw_client.h"

namespace holdfast {
namespace {

using testing::EchoRoles;
using testing::v1::EchoRequest;
using testing::v1::EchoService;

const google::protobuf::ServiceDescriptor& Service() {
  return *EchoRequest::descriptor()->file()->pool()->FindServiceByName(
      EchoService::service_full_name());
}

TEST(GateWalk, HasARowForEachMethodAndAMethodForEachRow) {
  const auto roles = EchoRoles();
  const auto methods = MethodsOf(Service());
  for (const auto& method : methods) EXPECT_NE(roles.Find(method), nullptr) << method;
  EXPECT_EQ(roles.rows().size(), methods.size());
}

TEST(GateWalk, LetsInExactlyWhatTheTableGrants) {
  const testing::TestDeployment deployment;
  const testing::EchoServer echo(deployment.Server());
  const auto roles = EchoRoles();
  for (const Role role : kAllRoles) {
    const auto channel = OpenChannel(echo.server->endpoint(), deployment.As(role));
    for (const auto& method : MethodsOf(Service())) {
      const Authenticated caller{{testing::kNorth, role, "name"}, std::nullopt, ""};
      const bool is_granted = Authorise(roles.Find(method), caller).has_value();
      // A stream that was let in goes on until its deadline.
      const auto answer = CallRaw(channel, {method, ""}, {.timeout = std::chrono::seconds(2)});
      const bool is_let_in = answer || answer.error().status.code == StatusCode::kUnavailable;
      EXPECT_EQ(is_let_in, is_granted) << method << " by " << Text(role);
      if (is_let_in) continue;
      EXPECT_EQ(answer.error().status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
    }
  }
}

TEST(GateWalk, TurnsAwayCallsWithoutACertificate) {
  testing::EchoHandlers handlers;
  grpc::ServerBuilder builder;
  builder.RegisterService(&handlers);
  const auto server = builder.BuildAndStart();
  const auto channel = server->InProcessChannel({});
  for (const auto& method : MethodsOf(Service())) {
    EXPECT_EQ(CallRaw(channel, {method, ""}).error().status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
  }
  EXPECT_EQ(handlers.turned_away().back().why.reason, "NOT_AUTHENTICATED");
}

}  // namespace
}  // namespace holdfast
