#include "libs/rpc/gate.h"

#include <gtest/gtest.h>

#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using std::chrono::seconds;
using testing::kEngland;
using testing::kNorth;
using testing::kSouth;
using testing::v1::EchoRequest;
using testing::v1::EchoResponse;
using testing::v1::EchoService;

class GateTest : public ::testing::Test {
 protected:
  static std::unique_ptr<EchoService::Stub> As(const IdentityName& name) {
    return EchoService::NewStub(
        OpenChannel(bench().echo.server->endpoint(), bench().deployment.Of(name)));
  }
  static std::unique_ptr<EchoService::Stub> AsWorker() {
    return As(NameOfRoleAt(Role::kWorker, kNorth));
  }

  static CallResult<EchoResponse> Echo(EchoService::Stub& stub, const std::string& text,
                                       const CallOptions& options = {},
                                       const std::string& authority = "") {
    EchoRequest request;
    request.set_text(text);
    request.set_authority(authority);
    return CallUnary(stub, &EchoService::Stub::Echo, request, options);
  }

  static std::string CallerIn(const CallResult<EchoResponse>& answer) {
    if (!answer) return answer.error().status.reason;
    const auto& caller = answer->caller();
    return caller.authority() + "/" + caller.role() + "/" + caller.name() + " for " +
           caller.purpose() + (caller.via().empty() ? "" : " via " + caller.via());
  }

  static std::string ReasonRefused(const CallResult<EchoResponse>& result) {
    return result ? "answered" : result.error().status.reason;
  }

  // Why the server turned the last call away, as it told nobody but its log.
  static std::string LastTurnedAway() {
    return bench().echo.handlers.turned_away().back().why.reason;
  }

 private:
  struct Bench {
    testing::TestDeployment deployment;
    testing::EchoServer echo{deployment.Server()};
  };
  static Bench& bench() {
    static Bench bench;
    return bench;
  }
};

TEST_F(GateTest, LetsInWhoMayCallForTheDefaultPurpose) {
  const auto answer = Echo(*AsWorker(), "hello");
  ASSERT_TRUE(answer) << answer.error().status.message;
  EXPECT_EQ(answer->text(), "hello");
  EXPECT_EQ(CallerIn(answer), "E06000901/worker/worker for direct_care");
  EXPECT_EQ(CallerIn(Echo(*As(NameOfRole(Role::kAuditor)), "hello")),
            "england/auditor/auditor for audit");
}

TEST_F(GateTest, TakesAStatedPurposeThatTheRoleHas) {
  EXPECT_EQ(CallerIn(Echo(*AsWorker(), "hello", {.purpose = Purpose::kSubjectAccess})),
            "E06000901/worker/worker for subject_access");
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), "hello", {.purpose = Purpose::kStatistics})),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(LastTurnedAway(), "NOT_ALLOWED");
}

TEST_F(GateTest, TurnsAwayEachRoleThatTheTableDoesNotName) {
  for (const auto& name : {NameOfRoleAt(Role::kData, kNorth), NameOfRole(Role::kNational),
                           NameOfRole(Role::kOperator), NameOfRole(Role::kService)}) {
    EXPECT_EQ(ReasonRefused(Echo(*As(name), "hello")), "NOT_FOUND_OR_NOT_ALLOWED") << name.text;
    EXPECT_EQ(LastTurnedAway(), "NOT_ALLOWED");
  }
}

TEST_F(GateTest, TurnsEverybodyAwayWhereNobodyIsNamed) {
  for (const auto& name : {NameOfRoleAt(Role::kWorker, kNorth), NameOfRole(Role::kAuditor)}) {
    const auto stub = As(name);
    const auto answer =
        CallUnary(*stub, &EchoService::Stub::EchoDenied, testing::v1::EchoDeniedRequest());
    EXPECT_EQ(answer.error().status.reason, "NOT_FOUND_OR_NOT_ALLOWED");
  }
}

TEST_F(GateTest, TurnsAwayWhoNamesAnotherAuthority) {
  EXPECT_TRUE(Echo(*AsWorker(), "hello", {}, kNorth.text()));
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), "hello", {}, kSouth.text())),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(LastTurnedAway(), "FOREIGN_AUTHORITY");
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), "hello", {}, "../E06000901")),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_TRUE(Echo(*As(NameOfRole(Role::kAuditor)), "hello", {}, kSouth.text()));
}

TEST_F(GateTest, AnswersTheSameBytesForMissingForeignAndDenied) {
  const auto call = [](EchoService::Stub& stub, const std::string& text,
                       const std::string& authority) {
    grpc::ClientContext context;
    Prepare(context, {});
    EchoRequest request;
    request.set_text(text);
    request.set_authority(authority);
    EchoResponse response;
    const auto status = stub.Echo(&context, request, &response);
    std::string bytes =
        std::to_string(status.error_code()) + status.error_message() + status.error_details();
    for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
      bytes.append(name.data(), name.size()).append(value.data(), value.size());
    }
    return bytes;
  };
  const auto missing = call(*AsWorker(), "missing", kNorth.text());
  EXPECT_EQ(missing, call(*AsWorker(), "hello", kSouth.text()));
  EXPECT_EQ(missing, call(*As(NameOfRole(Role::kOperator)), "hello", ""));
}

TEST_F(GateTest, WantsADeadlineOfAMinuteAtMost) {
  const auto stub = AsWorker();
  grpc::ClientContext without;
  EchoResponse response;
  EXPECT_EQ(FromGrpc(stub->Echo(&without, {}, &response)).status.reason, "DEADLINE_REQUIRED");
  EXPECT_EQ(ReasonRefused(Echo(*stub, "hello", {.timeout = seconds(70)})), "DEADLINE_REQUIRED");
  EXPECT_TRUE(Echo(*stub, "hello", {.timeout = seconds(60)}));
}

TEST_F(GateTest, TakesMessagesUpToTheRowsLimit) {
  const size_t most = size_t{1} << 20;
  const auto with_bytes = [](size_t bytes) {
    return std::string(bytes - 4, 'x');
  };  // 4: tag, length
  EXPECT_TRUE(Echo(*AsWorker(), with_bytes(most)));
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), with_bytes(most + 1))), "TOO_LARGE");
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), std::string(kMaxMessageBytes, 'x'))),
            "RESOURCE_EXHAUSTED");
}

TEST_F(GateTest, TurnsAwayTooMuchMetadata) {
  const auto stub = AsWorker();
  grpc::ClientContext context;
  Prepare(context, {});
  context.AddMetadata("x-much", std::string(16 << 10, 'x'));
  EchoResponse response;
  EXPECT_FALSE(stub->Echo(&context, {}, &response).ok());
  EXPECT_TRUE(Echo(*AsWorker(), "hello"));  // anew: the server may have closed that connection
}

TEST_F(GateTest, TurnsAwayWhatIsNotTheCallsMessage) {
  const auto channel = AsWorker();
  grpc::ClientContext context;
  Prepare(context, {});
  EchoRequest request;
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(
      2, "\xff\xfe");  // text: not UTF-8
  EchoResponse response;
  EXPECT_EQ(FromGrpc(channel->Echo(&context, request, &response)).status.reason, "MALFORMED");
}

TEST_F(GateTest, LetsAServiceSpeakForACaller) {
  const Identity worker{kSouth, Role::kWorker, "bob"};
  const auto service = As(NameOfRole(Role::kService));
  EXPECT_EQ(CallerIn(Echo(*service, "hello", {.caller = worker})),
            "E06000902/worker/bob for direct_care via service");
  EXPECT_EQ(ReasonRefused(Echo(*service, "hello", {.caller = worker}, kNorth.text())),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), "hello", {.caller = worker})),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(LastTurnedAway(), "NOT_AUTHENTICATED");
}

TEST_F(GateTest, AnswersACallThatItsHandlerForgot) {
  EXPECT_EQ(ReasonRefused(Echo(*AsWorker(), "forgotten")), "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast
