#include "libs/rpc/server.h"

#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using std::chrono::milliseconds;
using testing::v1::EchoService;

struct Answer {
  grpc::Status status;
  std::string bytes;
};

// A call of a method by name, without its generated code.
Answer CallByName(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& request) {
  grpc::ClientContext context;
  Prepare(context, {.timeout = milliseconds(5000)});
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  const grpc::Slice slice(request);
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
  grpc::ByteBuffer response;
  Answer answer;
  call->StartCall();
  call->Finish(&response, &answer.status, &answer);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  grpc::Slice bytes;
  if (answer.status.ok() && response.DumpToSingleSlice(&bytes).ok()) {
    answer.bytes.assign(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
  }
  return answer;
}

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
  const std::string method = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  testing::EchoHandlers handlers;
  const auto developing =
      RpcServer::Start({.reflection = true, .identity = deployment_.Server()}, {&handlers});
  const auto serving = Start("127.0.0.1:0");
  EXPECT_NE(CallByName(Connect(**developing), method, "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(CallByName(Connect(**serving), method, "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, AnswersForTheHealthOfItsServices) {
  const auto server = Start("127.0.0.1:0");
  const auto channel = Connect(**server);
  const std::string serving = "\x08\x01";  // HealthCheckResponse{status: SERVING}
  const std::string not_serving = "\x08\x02";
  const auto health_of = [&](const std::string& request) {
    return CallByName(channel, "/grpc.health.v1.Health/Check", request);
  };
  const std::string cases =
      "\x0a\x05"
      "cases";  // HealthCheckRequest{service: "cases"}
  EXPECT_EQ(health_of("").bytes, serving);
  EXPECT_EQ(health_of(cases).status.error_code(), grpc::StatusCode::NOT_FOUND);
  (*server)->SetServing("cases", true);
  EXPECT_EQ(health_of(cases).bytes, serving);
  (*server)->SetServing("cases", false);
  EXPECT_EQ(health_of(cases).bytes, not_serving);
  EXPECT_EQ(health_of("").bytes, serving);
}

TEST_F(ServerTest, LetsRunningCallsEndWhenItDrains) {
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
