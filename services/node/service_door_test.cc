// A call of a service that runs at another instance.
#include "services/node/service_door.h"

#include <gtest/gtest.h>

#include <future>

#include "holdfast/audit/v1/audit_service.grpc.pb.h"
#include "libs/rpc/echo_bench.h"

namespace holdfast {
namespace {

using audit::v1::AuditService;
using audit::v1::ListReadsRequest;
using audit::v1::ListReadsResponse;

class AuditCalls final
    : public AuditService::WithRawCallbackMethod_ListReads<AuditService::Service> {
 public:
  explicit AuditCalls(const Gate& gate) : gate_(gate) {}

  grpc::ServerUnaryReactor* ListReads(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return gate_.Unary<ListReadsRequest, ListReadsResponse>(
        {context, "holdfast.audit.v1.AuditService/ListReads", request, response},
        [this](auto call) {
          ++answered_;
          if (holds) return held.set_value([call] { call->Finish({}); });
          call->Finish({});
        });
  }
  int answered() const { return answered_; }

  std::atomic<bool> holds = false;           // the next call is not answered before
  std::promise<std::function<void()>> held;  // this one is called

 private:
  Gate gate_;
  std::atomic<int> answered_ = 0;
};

// "north" and "east" run audit, "south" does not and is asked. All of it stays: gRPC 1.51 frees a
// queue twice when the last channel goes as another comes.
struct Bench {
  testing::TestDeployment deployment;
  Gate gate{{.roles = HoldfastRoles()}};
  AuditCalls north_calls{gate};
  AuditCalls east_calls{gate};
  std::unique_ptr<RpcServer> north = Serve({&north_calls}, nullptr);
  std::unique_ptr<RpcServer> east = Serve({&east_calls}, nullptr);
  PeerChannels channels{deployment.Of(NameOfRole(Role::kService))};
  Instances instances;
  ServiceDoor door{gate};
  std::unique_ptr<RpcServer> south = Serve({}, &door);
  std::shared_ptr<grpc::Channel> to_south =
      OpenChannel(south->endpoint(), deployment.Of(NameOfRole(Role::kAuditor)));

  Bench() { door.OpenTo("south", instances, channels); }

  std::unique_ptr<RpcServer> Serve(const std::vector<grpc::Service*>& services,
                                   grpc::CallbackGenericService* others) {
    return std::move(
        *RpcServer::Start({.identity = deployment.Server(), .others = others}, services));
  }
};

class AServiceDoor : public ::testing::Test {
 protected:
  static Bench& bench() {
    static Bench bench;
    return bench;
  }

  // Why it is refused; blank: it is answered.
  static std::string Ask() {
    const auto stub = AuditService::NewStub(bench().to_south);
    const auto answer = CallUnary(*stub, &AuditService::Stub::ListReads, ListReadsRequest());
    return answer ? "" : answer.error().status.reason;
  }
};

TEST_F(AServiceDoor, LeadsToAnInstanceThatRunsTheServiceAndIsThere) {
  Instances& instances = bench().instances;
  EXPECT_EQ(Ask(), "SERVICE_NOT_RUNNING");  // nobody has told

  instances.Note({.id = "north", .endpoint = bench().north->endpoint(), .services = {"audit"}});
  EXPECT_EQ(Ask(), "NOT_TAKEN");  // nobody is there

  instances.Note({.id = "east", .endpoint = bench().east->endpoint(), .services = {"cases"}});
  instances.SetPresent({"north", "south", "east"});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Ask(), "");
  EXPECT_EQ(bench().north_calls.answered(), 4);

  instances.Note({.id = "east", .endpoint = bench().east->endpoint(), .services = {"audit"}});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Ask(), "");
  EXPECT_EQ(bench().north_calls.answered(), 6);  // in turn
  EXPECT_EQ(bench().east_calls.answered(), 2);

  instances.SetPresent({"south", "east"});
  EXPECT_EQ(Ask(), "");
  EXPECT_EQ(bench().east_calls.answered(), 3);
}

TEST_F(AServiceDoor, WaitsNoLongerForAnInstanceThatIsGone) {
  Instances& instances = bench().instances;
  instances.Note({.id = "north", .endpoint = bench().north->endpoint(), .services = {"audit"}});
  instances.SetPresent({"south", "north"});
  bench().north_calls.holds = true;
  auto asked = std::async(std::launch::async, Ask);
  const auto answer = bench().north_calls.held.get_future().get();
  bench().door.LeaveAbsent();
  EXPECT_EQ(asked.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  instances.SetPresent({"south"});
  bench().door.LeaveAbsent();
  EXPECT_EQ(asked.get(), "OUTCOME_UNKNOWN");
  answer();
  bench().north_calls.holds = false;
}

TEST(ServiceOfMethod, IsTheSecondWordOfItsPackage) {
  EXPECT_EQ(ServiceOfMethod("holdfast.cases.v1.CasesService/ShowCase"), "cases");
  EXPECT_EQ(ServiceOfMethod("grpc.health.v1.Health/Check"), "");
}

}  // namespace
}  // namespace holdfast
