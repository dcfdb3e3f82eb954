#include "libs/rpc/server.h"

#include <gtest/gtest.h>

#include <future>

#include "libs/rpc/echo_bench.h"
#include "libs/rpc/raw_client.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::v1::EchoService;

class ServerTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<RpcServer>> Start(const std::string& listen) {
    return RpcServer::Start({.listen = listen, .identity = deployment_.Server()}, {&handlers_});
  }
  std::shared_ptr<grpc::Channel> Connect(const RpcServer& server) const {
    return OpenChannel(server.endpoint(), deployment_.Worker());
  }

  testing::TestDeployment deployment_;
  testing::EchoHandlers handlers_;
};

TEST_F(ServerTest, TakesAFreePortAndSaysWhich) {
  const auto first = Start("127.0.0.1:0");
  const auto second = Start("127.0.0.1:0");
  EXPECT_NE((*first)->endpoint(), (*second)->endpoint());
  EXPECT_TRUE((*first)->endpoint().starts_with("127.0.0.1:"));
  EXPECT_FALSE((*first)->endpoint().ends_with(":0"));
}

TEST_F(ServerTest, SaysThatAPortIsTaken) {
  const auto first = Start("127.0.0.1:0");
  testing::EchoHandlers handlers;
  const auto second = RpcServer::Start(
      {.listen = (*first)->endpoint(), .identity = deployment_.Server()}, {&handlers});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "PORT_TAKEN");
  EXPECT_NE(second.error().message.find((*first)->endpoint()), std::string::npos);
}

TEST_F(ServerTest, TakesThePortAgainAfterAStop) {
  auto first = Start("127.0.0.1:0");
  const auto endpoint = (*first)->endpoint();
  EXPECT_TRUE(AwaitServer(*Connect(**first), milliseconds(2000)));
  first->reset();
  EXPECT_EQ((*Start(endpoint))->endpoint(), endpoint);
}

TEST_F(ServerTest, StaysOnThisMachineUnlessToldOtherwise) {
  EXPECT_EQ(Start("0.0.0.0:0").error().reason, "LISTEN_REFUSED");
  EXPECT_EQ(Start("[::]:0").error().reason, "LISTEN_REFUSED");
  EXPECT_EQ(Start("somewhere").error().reason, "LISTEN_REFUSED");
  EXPECT_TRUE(RpcServer::Start(
      {.listen = "0.0.0.0:0", .beyond_loopback = true, .identity = deployment_.Server()},
      {&handlers_}));
}

TEST_F(ServerTest, HasReflectionForDevelopmentAlone) {
  const RawRequest reflection{"grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", ""};
  testing::EchoHandlers handlers;
  const auto developing =
      RpcServer::Start({.reflection = true, .identity = deployment_.Server()}, {&handlers});
  const auto serving = Start("127.0.0.1:0");
  EXPECT_TRUE(CallRaw(Connect(**developing), reflection));
  EXPECT_EQ(CallRaw(Connect(**serving), reflection).error().status.reason, "UNIMPLEMENTED");
}

TEST_F(ServerTest, AnswersForTheHealthOfItsServices) {
  const auto server = Start("127.0.0.1:0");
  const auto channel = Connect(**server);
  const std::string serving = "\x08\x01";  // HealthCheckResponse{status: SERVING}
  const std::string not_serving = "\x08\x02";
  const auto health_of = [&](const std::string& request) {
    return CallRaw(channel, {"grpc.health.v1.Health/Check", request});
  };
  const std::string cases =
      "\x0a\x05"
      "cases";  // HealthCheckRequest{service: "cases"}
  EXPECT_EQ(health_of(""), serving);
  EXPECT_EQ(health_of(cases).error().status.code, StatusCode::kNotFound);
  (*server)->SetServing("cases", true);
  EXPECT_EQ(health_of(cases), serving);
  (*server)->SetServing("cases", false);
  EXPECT_EQ(health_of(cases), not_serving);
  EXPECT_EQ(health_of(""), serving);
}

TEST_F(ServerTest, LetsARunningCallEndWhenItDrains) {
  const auto server = Start("127.0.0.1:0");
  const auto stub = EchoService::NewStub(Connect(**server));
  testing::v1::EchoRequest request;
  request.set_text("held");
  auto answer = std::async(std::launch::async,
                           [&] { return CallUnary(*stub, &EchoService::Stub::Echo, request); });
  const auto held = handlers_.AwaitHeld();
  auto drained = std::async(std::launch::async, [&] { (*server)->Drain(seconds(20)); });
  EXPECT_EQ(drained.wait_for(milliseconds(50)), std::future_status::timeout);
  testing::v1::EchoResponse response;
  response.set_text("at last");
  held->Finish(response);
  EXPECT_EQ(answer.get()->text(), "at last");
  drained.get();
}

TEST_F(ServerTest, TakesNoCallOnceItIsDrained) {
  const auto server = Start("127.0.0.1:0");
  const auto stub = EchoService::NewStub(Connect(**server));
  ASSERT_TRUE(CallUnary(*stub, &EchoService::Stub::Echo, testing::v1::EchoRequest()));
  (*server)->Drain(milliseconds(1000));
  (*server)->Drain(milliseconds(1000));
  const auto after = CallUnary(*stub, &EchoService::Stub::Echo, testing::v1::EchoRequest(),
                               {.timeout = milliseconds(500)});
  EXPECT_EQ(after.error().status.reason, "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast
