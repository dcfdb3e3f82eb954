#include "services/national/national_service.h"

#include <google/protobuf/util/message_differencer.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "holdfast/national/v1/national_service.grpc.pb.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/simulated_log.h"
#include "libs/measures/year_counts.h"
#include "libs/rpc/client.h"
#include "libs/shard/rocks_store.h"
#include "libs/testing/temporary_folder.h"
#include "services/national/app/event_rows.h"
#include "services/national/app/journal_in_tests.h"

namespace holdfast::national {
namespace {

using v1::ShowYearRequest;
using v1::ShowYearResponse;

class NoAudit final : public AuditTrail {
 public:
  void Record(audit::v1::PersonalDataRead, std::function<void(Result<void>)>) override {
    ADD_FAILURE() << "figures read no personal data";
  }
};

// The service in this process, over the journal of cases, called as anybody.
class NationalServiceTest : public ::testing::Test {
 protected:
  NationalServiceTest() { Start(); }
  ~NationalServiceTest() override { Stop(); }

  void Start() {
    service_ = MakeNationalService(context_);
    ASSERT_TRUE(service_->Start());
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_->grpc_service());
    server_ = builder.BuildAndStart();
    stub_ = v1::NationalService::NewStub(server_->InProcessChannel({}));
  }
  void Stop() {
    stub_.reset();
    server_->Shutdown();
    server_.reset();  // before the service that it calls
    service_->Stop();
    service_.reset();
  }

  void AddChild(int number) {
    const uint32_t partition = static_cast<uint32_t>(number) % kPartitions;
    const SubjectId child = ChildIn(partition, number);
    journal_.Append(partition, {{child, Registered()}, {child, EpisodeStated(2026, "2025-05-02")}});
  }

  static ShowYearRequest Request(const std::string& authority = kNorth) {
    ShowYearRequest request;
    request.set_authority(authority);
    SetDate(YearEndOf(2026), request.mutable_year_ending());
    return request;
  }
  CallResult<ShowYearResponse> Ask(const ShowYearRequest& request,
                                   const CallOptions& options = {}) {
    return CallUnary(*stub_, &v1::NationalService::Stub::ShowYear, request, options);
  }
  static std::string ReasonOf(const CallResult<ShowYearResponse>& answer) {
    return answer ? "answered" : answer.error().status.reason;
  }
  static uint64_t LookedAfter(const CallResult<ShowYearResponse>& answer) {
    return answer ? answer->measures(0).numerator() : 999;
  }
  void ActAs(Role role, const std::string& body) {
    caller_ = {.body = *AuthorityCode::FromText(body), .role = role, .name = "someone"};
  }
  std::vector<StoredRow> AllRows() const {
    const auto rows = *RocksDatabase::Open(data_ / "state/national");
    std::vector<StoredRow> all;
    for (uint32_t partition = 0; partition < kPartitions; ++partition) {
      const auto part = rows->StoreOf(partition)->Scan("", "", 1'000'000);
      all.insert(all.end(), part->begin(), part->end());
    }
    return all;
  }

  testing::TemporaryFolder data_;
  testing::TemporaryFolder keys_folder_;
  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  CasesJournal journal_{*log_};
  SystemClock clock_;
  std::unique_ptr<KeysFolder> keys_ =
      *KeysFolder::OpenOrCreate({.keys = keys_folder_.path(), .data = data_.path()});
  FakeKeyStore key_store_{{}};
  NoAudit audit_;
  Identity caller_{
      .body = *AuthorityCode::FromText("england"), .role = Role::kNational, .name = "someone"};
  Gate gate_{{.roles = HoldfastRoles(),
              .authenticate = [this](const grpc::ServerContextBase&) -> Result<Authenticated> {
                return Authenticated{.identity = caller_, .purpose = {}, .via = {}};
              }}};
  NodeContext context_{.log = *log_,
                       .clock = clock_,
                       .today = [] { return DayIn("2026-06-01"); },
                       .data = data_.path(),
                       .partition_count = kPartitions,
                       .keys = *keys_,
                       .key_store = key_store_,
                       .witness = {},
                       .gate = gate_,
                       .audit = audit_};
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::NationalService::Stub> stub_;
};

TEST_F(NationalServiceTest, ShowsAYearAsKnownTodayWithItsPositions) {
  for (int number = 0; number < 6; ++number) AddChild(number);
  const auto answer = Ask(Request());
  ASSERT_TRUE(answer) << ReasonOf(answer);
  EXPECT_EQ(LookedAfter(answer), 6u);
  EXPECT_EQ(answer->measures_size(),
            static_cast<int>(MeasuresOf(YearCounts{}, Nation::kEngland).size()));
  EXPECT_EQ(DayOf(answer->known_at()), DayIn("2026-06-01"));
  ASSERT_EQ(answer->positions_size(), static_cast<int>(kPartitions * kJournals.size()));
  EXPECT_EQ(answer->positions(1).service(), "cases");
  EXPECT_EQ(answer->positions(1).event(), 4u);
}

TEST_F(NationalServiceTest, GivesTheSameAnswerAtItsPositionsAfterMoreAndAfterARebuild) {
  for (int number = 0; number < 6; ++number) AddChild(number);
  const auto before = Ask(Request());
  ASSERT_TRUE(before);
  ShowYearRequest again = Request();
  *again.mutable_positions() = before->positions();
  for (int number = 6; number < 12; ++number) AddChild(number);
  const auto later = Ask(again);
  ASSERT_TRUE(later) << ReasonOf(later);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*later, *before));
  EXPECT_EQ(LookedAfter(Ask(Request())), 12u);

  Stop();
  const auto rows = AllRows();
  std::filesystem::remove_all(data_ / "state/national");
  Start();
  const auto rebuilt = Ask(again);
  ASSERT_TRUE(rebuilt) << ReasonOf(rebuilt);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*rebuilt, *before));
  EXPECT_EQ(LookedAfter(Ask(Request())), 12u);
  Stop();
  EXPECT_TRUE(AllRows() == rows);
  Start();
}

TEST_F(NationalServiceTest, CountsWhatItIsBehind) {
  EXPECT_TRUE(service_->serving());
  AddChild(0);
  ASSERT_TRUE(Ask(Request()));
  EXPECT_EQ(service_->behind(), 0u);
}

TEST_F(NationalServiceTest, ShowsAnAuthorityItsOwnFiguresAlone) {
  AddChild(0);
  journal_.Append(0, {{ChildIn(0, 100), Registered(kSouth)}});
  for (const Role role : {Role::kData, Role::kWorker}) {
    ActAs(role, kNorth);
    EXPECT_EQ(ReasonOf(Ask(Request())), "answered");
    EXPECT_EQ(ReasonOf(Ask(Request(kSouth))), "NOT_FOUND_OR_NOT_ALLOWED");
  }
  for (const Role role : {Role::kOperator, Role::kAuditor, Role::kCourt, Role::kReporter}) {
    ActAs(role, "england");
    EXPECT_EQ(ReasonOf(Ask(Request())), "NOT_FOUND_OR_NOT_ALLOWED");
  }
  ActAs(Role::kNational, "england");
  EXPECT_EQ(ReasonOf(Ask(Request(kSouth))), "answered");
  EXPECT_EQ(ReasonOf(Ask(Request("E06000999"))), "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(NationalServiceTest, RefusesWhatNamesNoYearDayOrPositions) {
  AddChild(0);
  ShowYearRequest request = Request();
  request.mutable_year_ending()->set_day(30);
  EXPECT_EQ(ReasonOf(Ask(request)), "YEAR_END");
  request = Request();
  request.mutable_known_at()->set_month(13);
  EXPECT_EQ(ReasonOf(Ask(request)), "KNOWN_AT");
  request = Request();
  request.add_positions()->set_service("cases");
  EXPECT_EQ(ReasonOf(Ask(request)), "POSITIONS");
  request = Request();
  for (uint32_t partition = 0; partition < kPartitions; ++partition)
    request.add_positions()->set_service("cases");
  EXPECT_EQ(ReasonOf(Ask(request)), "POSITIONS") << "one partition named four times";
}

TEST_F(NationalServiceTest, TakesTheYearEndOfTheAuthoritysNation) {
  const std::string council = "S12000901";
  journal_.Append(0, {{ChildIn(0, 1), Registered(council)}});
  AddChild(0);
  const auto ending = [](const std::string& authority, int month) {
    ShowYearRequest request = Request(authority);
    request.mutable_year_ending()->set_month(month);
    request.mutable_year_ending()->set_day(31);
    return request;
  };
  const auto scotland = Ask(ending(council, 7));
  ASSERT_TRUE(scotland) << ReasonOf(scotland);
  EXPECT_EQ(scotland->measures(0).definition(), "Children looked after at the end of 31 July.");
  EXPECT_EQ(ReasonOf(Ask(ending(council, 3))), "YEAR_END");
  EXPECT_EQ(ReasonOf(Ask(ending(kNorth, 3))), "answered");
  EXPECT_EQ(ReasonOf(Ask(ending(kNorth, 7))), "YEAR_END");
}

TEST_F(NationalServiceTest, ShowsTheGroupsOfAnIntervalAlsoWhenNoneEnded) {
  AddChild(0);
  const auto answer = Ask(Request());
  ASSERT_TRUE(answer);
  const auto figure = std::ranges::find(answer->measures(), "m1_m2", &v1::MeasureView::id);
  ASSERT_NE(figure, answer->measures().end());
  EXPECT_FALSE(figure->has_value());
  EXPECT_EQ(figure->groups_size(), 2);
  ASSERT_EQ(figure->parts_size(), 4);
  EXPECT_EQ(figure->parts(2).path(2), "open");
  EXPECT_EQ(figure->parts(2).value(), 1.0);
}

TEST_F(NationalServiceTest, SaysThatItHasNotReadSoFar) {
  AddChild(0);
  ShowYearRequest request = Request();
  auto& position = *request.mutable_header()->add_at_least();
  position.set_service("cases");
  position.set_event(1000);
  EXPECT_EQ(ReasonOf(Ask(request, {.timeout = std::chrono::milliseconds(400)})), "NOT_YET_READ");
}

}  // namespace
}  // namespace holdfast::national
