#include "libs/rpc/forwarded_call.h"

#include <gtest/gtest.h>

#include "libs/rpc/echo_bench.h"
#include "libs/rpc/raw_client.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using testing::kNorth;
using testing::kSouth;
using testing::v1::EchoService;

// A server that serves nothing itself, and brings every call to another.
class Door final : public grpc::CallbackGenericService {
 public:
  explicit Door(std::shared_ptr<grpc::Channel> onward) : onward_(std::move(onward)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    const auto call = gate_.AdmitForwardable(*context, context->method().substr(1));
    if (!call) return ForwardedCall::TurnAway(ToGrpc(call.error()));
    return ForwardedCall::Start(*call, onward_).get();
  }

 private:
  const RoleTable roles_ = testing::EchoRoles();
  const Gate gate_{{.roles = roles_}};
  const std::shared_ptr<grpc::Channel> onward_;
};

// Kept: gRPC 1.51 frees a queue twice when the last channel goes as another comes.
struct Bench {
  testing::TestDeployment deployment;
  testing::EchoServer echo{deployment.Server()};
  Door door{OpenChannel(echo.server->endpoint(), deployment.Of(NameOfRole(Role::kService)))};
  std::unique_ptr<RpcServer> server =
      std::move(*RpcServer::Start({.identity = deployment.Server(), .others = &door}, {}));
  std::shared_ptr<grpc::Channel> to_door = OpenChannel(server->endpoint(), deployment.Worker());
};

Bench& bench() {
  static Bench bench;
  return bench;
}

class AForwardedCall : public ::testing::Test {
 protected:
  static CallResult<testing::v1::EchoResponse> Echo(const std::shared_ptr<grpc::Channel>& channel,
                                                    const std::string& text,
                                                    const CallOptions& options = {},
                                                    const std::string& authority = "") {
    testing::v1::EchoRequest request;
    request.set_text(text);
    request.set_authority(authority);
    const auto stub = EchoService::NewStub(channel);
    return CallUnary(*stub, &EchoService::Stub::Echo, request, options);
  }
  static std::string ReasonRefused(const CallResult<testing::v1::EchoResponse>& result) {
    return result ? "answered" : result.error().status.reason;
  }
};

TEST_F(AForwardedCall, IsAnsweredForItsOwnCallerAndPurpose) {
  const auto answer = Echo(bench().to_door, "hello", {.purpose = Purpose::kSubjectAccess});
  ASSERT_TRUE(answer) << answer.error().status.message;
  EXPECT_EQ(answer->text(), "hello");
  EXPECT_EQ(answer->caller().authority(), kNorth.text());
  EXPECT_EQ(answer->caller().role(), "worker");
  EXPECT_EQ(answer->caller().purpose(), "subject_access");
  EXPECT_EQ(answer->caller().via(), "service");
}

TEST_F(AForwardedCall, IsRefusedAsWhereItIsServed) {
  EXPECT_EQ(ReasonRefused(Echo(bench().to_door, "missing")), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(ReasonRefused(Echo(bench().to_door, "hello", {}, kSouth.text())),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(bench().echo.handlers.turned_away().back().why.reason, "FOREIGN_AUTHORITY");
  EXPECT_EQ(ReasonRefused(Echo(bench().to_door, "forgotten")), "OUTCOME_UNKNOWN");
  EXPECT_EQ(ReasonRefused(Echo(bench().to_door, std::string((1 << 20) + 1, 'x'))), "TOO_LARGE");
  EXPECT_EQ(ReasonRefused(Echo(bench().to_door, "hello", {.purpose = Purpose::kStatistics})),
            "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(AForwardedCall, BringsOnMessagesInBothDirections) {
  const auto stub = EchoService::NewStub(bench().to_door);
  grpc::ClientContext context;
  Prepare(context, {});
  const auto stream = stub->EchoEach(&context);
  testing::v1::EchoEachRequest request;
  testing::v1::EchoEachResponse response;
  for (int i = 0; i < 100; ++i) {
    request.set_text("number " + std::to_string(i));
    ASSERT_TRUE(stream->Write(request));
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.text(), request.text());
  }
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AForwardedCall, EndsWhileItsCallerStillWrites) {
  const auto stub = EchoService::NewStub(bench().to_door);
  grpc::ClientContext context;
  Prepare(context, {});
  const auto stream = stub->EchoEach(&context);
  testing::v1::EchoEachRequest request;
  testing::v1::EchoEachResponse response;
  request.set_text("missing");
  ASSERT_TRUE(stream->Write(request));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(FromGrpc(stream->Finish()).status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(AForwardedCall, GoesOnUntilItsCallerHasHadEnough) {
  const auto stub = EchoService::NewStub(bench().to_door);
  grpc::ClientContext context;
  Prepare(context, {});
  testing::v1::EchoOnRequest request;
  request.set_text("again");
  request.set_count(1'000'000'000);
  const auto stream = stub->EchoOn(&context, request);
  testing::v1::EchoOnResponse response;
  for (uint32_t number = 1; number <= 1000; ++number) {
    ASSERT_TRUE(stream->Read(&response));
    ASSERT_EQ(response.number(), number);
  }
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(AForwardedCall, IsBroughtOnOnce) {
  static Door second(
      OpenChannel(bench().server->endpoint(), bench().deployment.Of(NameOfRole(Role::kService))));
  static const auto server = std::move(
      *RpcServer::Start({.identity = bench().deployment.Server(), .others = &second}, {}));
  static const auto channel = OpenChannel(server->endpoint(), bench().deployment.Worker());
  EXPECT_EQ(ReasonRefused(Echo(channel, "hello")), "NOT_TAKEN");
}

TEST_F(AForwardedCall, IsNobodysWordButAServices) {
  grpc::ClientContext context;
  Prepare(context, {});
  context.AddMetadata(kForwardedMetadata, "1");
  const auto stub = EchoService::NewStub(bench().to_door);
  testing::v1::EchoRequest request;
  testing::v1::EchoResponse response;
  EXPECT_EQ(FromGrpc(stub->Echo(&context, request, &response)).status.reason,
            "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(AForwardedCall, HasNoKnownOutcomeWhenTheOtherServerIsGone) {
  static Door nowhere(
      OpenChannel("127.0.0.1:1", bench().deployment.Of(NameOfRole(Role::kService))));
  static const auto server = std::move(
      *RpcServer::Start({.identity = bench().deployment.Server(), .others = &nowhere}, {}));
  static const auto channel = OpenChannel(server->endpoint(), bench().deployment.Worker());
  EXPECT_EQ(ReasonRefused(Echo(channel, "hello")), "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast
