// A deployment in this process for tests of alerting: cases and alerting on one embedded log, under
// a manual clock.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/london.h"
#include "libs/base/uuid.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/permanence/dates.h"
#include "libs/rpc/client.h"
#include "libs/shard/rocks_store.h"
#include "libs/testing/temporary_folder.h"
#include "services/alerting/alerting_service.h"
#include "services/cases/cases_service.h"
#include "services/node/manual_day.h"

namespace holdfast::alerting {

inline const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
inline const AuthorityCode kSouth = *AuthorityCode::FromText("E06000902");

// Remembers what was recorded of reads.
class RememberedAudit final : public AuditTrail {
 public:
  void Record(audit::v1::PersonalDataRead read, std::function<void(Result<void>)> then) override {
    {
      const std::lock_guard lock(mutex_);
      reads_.push_back(std::move(read));
    }
    then({});
  }
  void RecordAct(audit::v1::OperatorActed act, std::function<void(Result<void>)> then) override {
    {
      const std::lock_guard lock(mutex_);
      acts_.push_back(act.act());
    }
    then({});
  }
  std::vector<audit::v1::PersonalDataRead> reads() const {
    const std::lock_guard lock(mutex_);
    return reads_;
  }
  std::vector<std::string> acts() const {
    const std::lock_guard lock(mutex_);
    return acts_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<audit::v1::PersonalDataRead> reads_;
  std::vector<std::string> acts_;
};

// The machine's clocks, moved ahead by a test.
class MovedClock final : public Clock {
 public:
  Instant Now() const override {
    return SystemClock().Now() + std::chrono::seconds(wall_s_.load());
  }
  Monotonic Steady() const override {
    return SystemClock().Steady() + std::chrono::seconds(steady_s_.load());
  }
  void MoveWall(std::chrono::seconds by) { wall_s_ += by.count(); }
  void MoveSteady(std::chrono::seconds by) { steady_s_ += by.count(); }

 private:
  std::atomic<int64_t> wall_s_ = 0;
  std::atomic<int64_t> steady_s_ = 0;
};

// A child that the tests speak of by its local id.
struct Known {
  std::string id;
  std::string fact;  // the last one recorded
};

class Town : public ::testing::Test {
 protected:
  explicit Town(const char* first_day = "2018-04-03", ClockMode mode = ClockMode::kManual)
      : mode_(mode) {
    EXPECT_TRUE(ManualDay::Create(data_ / "day", DayIn(first_day)));
    day_ = *ManualDay::Open(data_ / "day");
    log_ = *EmbeddedLog::Open(data_ / "log", EmbeddedLog::Mode::kCreate);
    for (const auto& authority : {kNorth, kSouth}) EXPECT_TRUE(keys_->AddAuthority(authority));
    Start();
    for (const auto& authority : {kNorth, kSouth}) RegisterAuthority(authority);
  }
  ~Town() override { Stop(); }

  static CivilDate DayIn(std::string_view iso) { return CivilDate::FromIso(iso).value(); }

  bool is_manual() const { return mode_ == ClockMode::kManual; }
  CivilDate Today() const { return is_manual() ? day_->day() : LondonDay(clock_.Now()); }

  void Start() {
    context_ = std::make_unique<NodeContext>(
        NodeContext{.log = *log_,
                    .clock = clock_,
                    .today = [this] { return Today(); },
                    .clock_mode = mode_,
                    .data = data_.path(),
                    .partition_count = kPartitions,
                    .keys = *keys_,
                    .key_store = key_store_,
                    .witness = {},
                    .gate = gate_,
                    .audit = audit_,
                    .manual_day = is_manual() ? day_.get() : nullptr});
    cases_service_ = MakeCasesService(*context_);
    alerting_service_ = MakeAlertingService(*context_);
    grpc::ServerBuilder builder;
    for (const auto& service : {cases_service_.get(), alerting_service_.get()}) {
      const auto started = service->Start();
      ASSERT_TRUE(started) << started.error().message;
      builder.RegisterService(&service->grpc_service());
    }
    server_ = builder.BuildAndStart();
    cases_ = cases::v1::CasesService::NewStub(server_->InProcessChannel({}));
    alerting_ = v1::AlertingService::NewStub(server_->InProcessChannel({}));
  }
  void Stop() {
    cases_.reset();
    alerting_.reset();
    server_->Shutdown();
    server_.reset();  // before the services that it calls
    for (auto* service : {&alerting_service_, &cases_service_}) {
      (*service)->Stop();
      service->reset();
    }
  }

  // Calls cases or alerting as `role` of the authority acted for.
  template <typename Stub, typename Request, typename Response>
  CallResult<Response> Ask(std::unique_ptr<Stub>& stub,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                           const Request& request, Role role = Role::kWorker) {
    caller_ = {.body = acts_for_, .role = role, .name = "someone"};
    return CallUnary(*stub, method, request);
  }
  common::v1::CommandHeader Header() {
    std::array<uint8_t, 10> random{};
    randombytes_buf(random.data(), random.size());
    common::v1::CommandHeader header;
    header.set_command_id(CommandId{UuidV7(clock_.Now(), random)}.Bytes());
    header.set_authority(acts_for_.text());
    return header;
  }

  void RegisterAuthority(const AuthorityCode& authority) {
    acts_for_ = authority;
    cases::v1::RegisterAuthorityRequest request;
    *request.mutable_header() = Header();
    request.set_name("Somewhere");
    const auto answer =
        Ask(cases_, &cases::v1::CasesService::Stub::RegisterAuthority, request, Role::kOperator);
    EXPECT_TRUE(answer) << answer.error().status.message;
    acts_for_ = kNorth;
  }
  void GoLive(std::string_view from) {
    cases::v1::SetAuthorityLiveRequest request;
    *request.mutable_header() = Header();
    *request.mutable_from() = DateOf(DayIn(from));
    const auto answer =
        Ask(cases_, &cases::v1::CasesService::Stub::SetAuthorityLive, request, Role::kOperator);
    EXPECT_TRUE(answer) << answer.error().status.message;
  }
  Known Register(const std::string& local_id) {
    cases::v1::RegisterChildRequest request;
    *request.mutable_header() = Header();
    request.mutable_personal()->set_local_id(local_id);
    *request.mutable_personal()->mutable_born() = DateOf(DayIn("2010-05-01"));
    const auto answer = Ask(cases_, &cases::v1::CasesService::Stub::RegisterChild, request);
    EXPECT_TRUE(answer) << answer.error().status.message;
    return {.id = answer ? answer->child() : "", .fact = {}};
  }
  void Assign(const Known& child, const std::string& team, const std::string& worker) {
    cases::v1::AssignCaseRequest request;
    *request.mutable_header() = Header();
    request.mutable_child()->set_child(child.id);
    request.set_team(team);
    request.set_worker(worker);
    EXPECT_TRUE(Ask(cases_, &cases::v1::CasesService::Stub::AssignCase, request));
  }
  void Record(Known& child, cases::v1::FactKind kind, std::string_view on,
              const std::string& code = "") {
    cases::v1::RecordFactRequest request;
    *request.mutable_header() = Header();
    request.mutable_child()->set_child(child.id);
    request.set_kind(kind);
    *request.mutable_on() = DateOf(DayIn(on));
    request.set_code(code);
    const auto answer = Ask(cases_, &cases::v1::CasesService::Stub::RecordFact, request);
    EXPECT_TRUE(answer) << answer.error().status.reason;
    if (answer) child.fact = answer->fact();
  }
  void Correct(const Known& child, std::string_view on) {
    cases::v1::CorrectFactRequest request;
    *request.mutable_header() = Header();
    request.mutable_child()->set_child(child.id);
    request.set_fact(child.fact);
    *request.mutable_on() = DateOf(DayIn(on));
    request.set_reason("typed wrongly");
    const auto answer = Ask(cases_, &cases::v1::CasesService::Stub::CorrectFact, request);
    EXPECT_TRUE(answer) << answer.error().status.reason;
  }
  void Withdraw(const Known& child) {
    cases::v1::WithdrawFactRequest request;
    *request.mutable_header() = Header();
    request.mutable_child()->set_child(child.id);
    request.set_fact(child.fact);
    request.set_reason("another child's");
    EXPECT_TRUE(Ask(cases_, &cases::v1::CasesService::Stub::WithdrawFact, request));
  }
  // A whole return of `year_end` with one open episode of one child, imported to its end.
  void ImportReturn(const std::string& local_id, std::string_view started,
                    std::string_view year_end);

  CallResult<v1::SetClockResponse> SetDay(std::string_view day) {
    v1::SetClockRequest request;
    *request.mutable_day() = DateOf(DayIn(day));
    return Ask(alerting_, &v1::AlertingService::Stub::SetClock, request, Role::kOperator);
  }
  CallResult<v1::ListAlertsResponse> ListPage(const v1::ListAlertsRequest& request = {}) {
    return Ask(alerting_, &v1::AlertingService::Stub::ListAlerts, request);
  }
  // "clock state due" of each alert of the first page, in order.
  std::string List(const v1::ListAlertsRequest& request = {});
  std::string ListOf(const std::string& state) {
    v1::ListAlertsRequest request;
    request.set_state(state);
    return List(request);
  }
  v1::ExplainAlertResponse ExplainFirst(const std::string& state = "");
  std::vector<StoredRow> AllRows() const;
  uint64_t RecordsInJournal() const;

  static constexpr uint32_t kPartitions = 4;
  testing::TemporaryFolder data_;
  testing::TemporaryFolder keys_folder_;
  const ClockMode mode_;
  MovedClock clock_;
  std::unique_ptr<KeysFolder> keys_ =
      *KeysFolder::OpenOrCreate({.keys = keys_folder_.path(), .data = data_.path()});
  FakeKeyStore key_store_{{kNorth, kSouth}};
  RememberedAudit audit_;
  AuthorityCode acts_for_ = kNorth;
  Identity caller_{.body = kNorth, .role = Role::kWorker, .name = "someone"};
  Gate gate_{{.roles = HoldfastRoles(),
              .authenticate = [this](const grpc::ServerContextBase&) -> Result<Authenticated> {
                return Authenticated{.identity = caller_, .purpose = {}, .via = {}};
              }}};
  std::unique_ptr<ManualDay> day_;
  std::unique_ptr<EmbeddedLog> log_;
  std::unique_ptr<NodeContext> context_;
  std::unique_ptr<Service> cases_service_;
  std::unique_ptr<Service> alerting_service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<cases::v1::CasesService::Stub> cases_;
  std::unique_ptr<v1::AlertingService::Stub> alerting_;
};

}  // namespace holdfast::alerting
