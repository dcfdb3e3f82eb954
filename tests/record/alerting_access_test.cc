// What a call on an alert touches: the store reads and key operations of another authority's alert
// are those of one that is not there.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "services/alerting/api/alerting_calls.h"
#include "services/alerting/app/alerting_keeper.h"
#include "tests/record/cases_bench.h"

namespace holdfast::testing {
namespace {

using namespace alerting::v1;
using Alerts = AlertingService::Stub;
using Cases = CasesService::Stub;
using std::chrono::seconds;

constexpr uint32_t kPartitions = 2;
const AuthorityCode kNorthCode = *AuthorityCode::FromText(kNorth);
const AuthorityCode kSouthCode = *AuthorityCode::FromText(kSouth);

CivilDate Today() { return *CivilDate::FromIso("2019-04-01"); }

// The calls of alerting within this process, on stores that write down what is asked of them.
class AlertingBench {
 public:
  AlertingBench(EventLog& log, KeysFolder& keys, KeyStore& store,
                std::vector<MemoryStateStore>& states, AccessRecord& record)
      : key_store_(store, record),
        sealer_(key_store_, {.service = {"alerting"}, .cached_keys = 0}),
        registrations_(key_store_, {.service = {"cases"}, .cached_keys = 0}),
        macs_(key_store_, keys),
        keeper_({.sealer = sealer_, .macs = macs_, .partition_count = kPartitions}),
        shards_({.service = "alerting", .partition_count = kPartitions, .sources = {"cases"}},
                {.log = log,
                 .keeper = keeper_,
                 .clock = clock_,
                 .today = Today,
                 .store = [&](uint32_t partition) {
                   return std::make_unique<RecordingStateStore>(states[partition], record);
                 }}) {
    HOLDFAST_CHECK(shards_.Start() && shards_.WaitUntilServing(seconds(10)));
    rounds_ = std::make_unique<alerting::Rounds>(
        alerting::RoundsParts{.shards = shards_,
                              .log = log,
                              .clock = clock_,
                              .today = Today,
                              .clock_mode = ClockMode::kManual,
                              .policy = alerting::PolicyOfFiles(ShippedPolicyFiles())},
        "");
    rounds_->Start();
    parts_.reset(new alerting::AlertingParts{shards_, log, *rounds_, registrations_, macs_, clock_,
                                             ClockMode::kManual, nullptr, audit_});
    calls_ = alerting::MakeAlertingCalls(gate_, *parts_);
    grpc::ServerBuilder builder;
    builder.RegisterService(calls_.get());
    server_ = builder.BuildAndStart();
    stub_ = AlertingService::NewStub(server_->InProcessChannel({}));
    while (!CallUnary(As(kNorthCode, Role::kOperator), &Alerts::ShowClock, ShowClockRequest{})
                ->has_day())
      continue;
  }
  ~AlertingBench() {
    server_->Shutdown();
    rounds_->Stop();
    shards_.Stop();
  }

  Alerts& As(const AuthorityCode& body, Role role) {
    caller_ = Authenticated{{body, role, "name"}, std::nullopt, {}};
    return *stub_;
  }

 private:
  SystemClock clock_;
  NoAudit audit_;
  RecordingKeyStore key_store_;
  PersonalSealer sealer_;
  PersonalSealer registrations_;
  RequestMacs macs_;
  alerting::AlertingKeeper keeper_;
  ServiceShards shards_;
  std::unique_ptr<alerting::Rounds> rounds_;
  Result<Authenticated> caller_ =
      Authenticated{{kNorthCode, Role::kWorker, "name"}, std::nullopt, {}};
  Gate gate_{{.roles = HoldfastRoles(),
              .authenticate = [this](const grpc::ServerContextBase&) { return caller_; }}};
  std::unique_ptr<alerting::AlertingParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Alerts> stub_;
};

// A child of the north whose review comes near.
class AlertingAccess : public ::testing::Test {
 protected:
  AlertingAccess() {
    RecordChild();
    const auto bench = Open();
    const auto list =
        CallUnary(bench->As(kNorthCode, Role::kWorker), &Alerts::ListAlerts, ListAlertsRequest{});
    HOLDFAST_CHECK(list && list->alerts_size() == 1);
    alert_ = list->alerts(0).id();
  }

  void RecordChild() {
    AccessRecord ignored;
    CasesBench cases(*log_, *keys_, key_store_, cases_states_, ignored);
    for (const auto& code : {kNorthCode, kSouthCode}) {
      cases::v1::RegisterAuthorityRequest request;
      request.mutable_header()->set_command_id(NewCommandId());
      request.mutable_header()->set_authority(code.text());
      request.set_name("Somewhere");
      Done(cases.As(kNorthCode, Role::kOperator), &Cases::RegisterAuthority, request);
    }
    cases::v1::SetAuthorityLiveRequest live;
    live.mutable_header()->set_command_id(NewCommandId());
    live.mutable_header()->set_authority(kNorth);
    *live.mutable_from() = Day("2019-01-01");
    Done(cases.As(kNorthCode, Role::kOperator), &Cases::SetAuthorityLive, live);
    auto& worker = cases.As(kNorthCode, Role::kWorker);
    const auto child = Done(worker, &Cases::RegisterChild, Register("A1")).child();
    Done(worker, &Cases::RecordFact, Record(child, cases::v1::FACT_KIND_CARE_START, "2019-03-20"));
  }

  std::unique_ptr<AlertingBench> Open() {
    return std::make_unique<AlertingBench>(*log_, *keys_, key_store_, states_, record_);
  }

  // What the call touches, by a service that has just started and has nothing in memory.
  template <typename Request, typename Response>
  std::vector<std::string> Touched(const AuthorityCode& body,
                                   grpc::Status (Alerts::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                                   Request request, const std::string& alert) {
    request.set_id(alert);
    const auto bench = Open();
    record_.Take();
    const auto answer = CallUnary(bench->As(body, Role::kWorker), method, request);
    EXPECT_EQ(answer.has_value(), body == kNorthCode) << answer.error().status.reason;
    return record_.Take();
  }

  // As the south a foreign alert and none, and what the north, whose it is, touches beside that.
  template <typename Request, typename Response>
  void ExpectSame(grpc::Status (Alerts::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request) {
    const auto foreign = Touched(kSouthCode, method, request, alert_);
    EXPECT_FALSE(foreign.empty());
    EXPECT_EQ(foreign, Touched(kSouthCode, method, request, NewCommandId()));
    EXPECT_EQ(foreign, Touched(kSouthCode, method, request, NewCommandId()));
    EXPECT_NE(foreign, Touched(kNorthCode, method, request, alert_));
  }

  TemporaryFolder folder_;
  std::unique_ptr<EmbeddedLog> log_ =
      std::move(*EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate));
  std::unique_ptr<KeysFolder> keys_ =
      std::move(*KeysFolder::OpenOrCreate({folder_ / "keys", folder_ / "data"}));
  FakeKeyStore key_store_{{kNorthCode, kSouthCode}};
  std::vector<MemoryStateStore> cases_states_{kPartitions};
  std::vector<MemoryStateStore> states_{kPartitions};
  AccessRecord record_;
  std::string alert_;
};

TEST_F(AlertingAccess, ExplainingAForeignAlertTouchesWhatExplainingNoneDoes) {
  ExpectSame(&Alerts::ExplainAlert, ExplainAlertRequest{});
}

TEST_F(AlertingAccess, AcknowledgingAForeignAlertTouchesWhatAcknowledgingNoneDoes) {
  AcknowledgeAlertRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  ExpectSame(&Alerts::AcknowledgeAlert, request);
}

TEST_F(AlertingAccess, UndoingAForeignAlertTouchesWhatUndoingNoneDoes) {
  UndoAlertRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  ExpectSame(&Alerts::UndoAlert, request);
}

TEST_F(AlertingAccess, SnoozingAForeignAlertTouchesWhatSnoozingNoneDoes) {
  SnoozeAlertRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  *request.mutable_until() = Day("2019-04-10");
  request.set_reason("waits for the school");
  ExpectSame(&Alerts::SnoozeAlert, request);
}

}  // namespace
}  // namespace holdfast::testing
