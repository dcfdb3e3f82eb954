// What a call touches: the store reads and key operations of a child that one may not see are those of a child that is not.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/crypto/recording_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/rpc/client.h"
#include "services/cases/api/cases_calls.h"
#include "tests/record/deployment.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;
using std::chrono::seconds;

const AuthorityCode kNorthCode = *AuthorityCode::FromText(kNorth);
const AuthorityCode kSouthCode = *AuthorityCode::FromText(kSouth);

class RecordingStateStore final : public StateStore {
 public:
  RecordingStateStore(StateStore& store, AccessRecord& record) : store_(store), record_(record) {}

  Result<std::optional<std::string>> Get(std::string_view key) override {
    record_.Note("state get");
    return store_.Get(key);
  }
  Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after, size_t limit) override {
    record_.Note("state scan");
    return store_.Scan(prefix, after, limit);
  }
  Result<void> Write(const RowChanges& changes) override { return store_.Write(changes); }
  Result<void> Wipe() override { return store_.Wipe(); }

 private:
  StateStore& store_;
  AccessRecord& record_;
};

class NoAudit final : public AuditTrail {
 public:
  void Record(audit::v1::PersonalDataRead, std::function<void(Result<void>)> then) override { then({}); }
};

// The calls of cases within this process, on stores that write down what is asked of them.
class Bench {
 public:
  explicit Bench(EventLog& log, KeysFolder& keys, KeyStore& store, std::vector<MemoryStateStore>& states,
                 AccessRecord& record)
      : key_store_(store, record),
        sealer_(key_store_, {.service = {"cases"}, .cached_keys = 0}),
        pool_(key_store_),
        macs_(key_store_, keys),
        copies_(static_cast<uint32_t>(states.size())),
        keeper_({.sealer = sealer_, .keys = pool_, .macs = macs_, .copies = copies_}),
        shards_({.service = "cases", .partition_count = static_cast<uint32_t>(states.size())},
                {.log = log,
                 .keeper = keeper_,
                 .clock = clock_,
                 .today = [] { return *CivilDate::FromIso("2019-04-01"); },
                 .store =
                     [&](uint32_t partition) {
                       return std::make_unique<RecordingStateStore>(states[partition], record);
                     }}),
        gate_({.roles = HoldfastRoles(),
               .authenticate = [this](const grpc::ServerContextBase&) { return caller_; }}) {
    HOLDFAST_CHECK(shards_.Start() && shards_.WaitUntilServing(seconds(10)));
    push_ = std::make_unique<cases::AuthorityPush>(shards_, copies_, clock_);
    parts_.reset(new cases::CasesParts{shards_, copies_, *push_, runs_, sealer_, macs_, keys, clock_,
                                       [] { return *CivilDate::FromIso("2019-04-01"); }, audit_});
    calls_ = cases::MakeCasesCalls(gate_, *parts_);
    grpc::ServerBuilder builder;
    builder.RegisterService(calls_.get());
    server_ = builder.BuildAndStart();
    stub_ = CasesService::NewStub(server_->InProcessChannel({}));
  }
  ~Bench() {
    server_->Shutdown();
    push_->Stop();
    shards_.Stop();
  }

  Stub& As(const AuthorityCode& body, Role role) {
    caller_ = Authenticated{{body, role, "name"}, std::nullopt, {}};
    return *stub_;
  }

 private:
  SystemClock clock_;
  NoAudit audit_;
  RecordingKeyStore key_store_;
  PersonalSealer sealer_;
  cases::DataKeyPool pool_;
  RequestMacs macs_;
  cases::CopySubjects copies_;
  cases::StartedRuns runs_;
  cases::CasesKeeper keeper_;
  ServiceShards shards_;
  Result<Authenticated> caller_ = Authenticated{{kNorthCode, Role::kWorker, "name"}, std::nullopt, {}};
  Gate gate_;
  std::unique_ptr<cases::AuthorityPush> push_;
  std::unique_ptr<cases::CasesParts> parts_;
  std::unique_ptr<grpc::Service> calls_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() {
    const auto bench = Open();
    for (const auto& code : {kNorthCode, kSouthCode}) {
      RegisterAuthorityRequest request;
      request.mutable_header()->set_command_id(NewCommandId());
      request.mutable_header()->set_authority(code.text());
      Done(bench->As(kNorthCode, Role::kOperator), &Stub::RegisterAuthority, request);
    }
    child_ = Done(bench->As(kNorthCode, Role::kWorker), &Stub::RegisterChild, Register("A1")).child();
    fact_ = Done(bench->As(kNorthCode, Role::kWorker), &Stub::RecordFact,
                 Record(child_, FACT_KIND_REVIEW, "2019-02-01", "PN1"))
                .fact();
  }

  std::unique_ptr<Bench> Open() { return std::make_unique<Bench>(*log_, *keys_, key_store_, states_, record_); }

  // What the call touches, by a service that has just started and has nothing in memory.
  template <typename Request, typename Response>
  std::vector<std::string> Touched(const AuthorityCode& body,
                                   grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                   const Request& request) {
    const auto bench = Open();
    record_.Take();
    ReasonOf(bench->As(body, Role::kWorker), method, request);
    return record_.Take();
  }

  TemporaryFolder folder_;
  std::unique_ptr<EmbeddedLog> log_ = std::move(*EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate));
  std::unique_ptr<KeysFolder> keys_ = std::move(*KeysFolder::OpenOrCreate({folder_ / "keys", folder_ / "data"}));
  FakeKeyStore key_store_{{kNorthCode, kSouthCode}};
  std::vector<MemoryStateStore> states_{2};
  AccessRecord record_;
  std::string child_;
  std::string fact_;
  const std::string none_ = std::string(16, '\x07');
};

TEST_F(AccessTest, ShowingAForeignChildTouchesWhatShowingNoneDoes) {
  const auto foreign = Touched(kSouthCode, &Stub::ShowCase, Show(child_));
  EXPECT_FALSE(foreign.empty());
  EXPECT_EQ(foreign, Touched(kSouthCode, &Stub::ShowCase, Show(none_)));
  EXPECT_NE(foreign, Touched(kNorthCode, &Stub::ShowCase, Show(child_)));
}

TEST_F(AccessTest, RecordingOnAForeignChildTouchesWhatRecordingOnNoneDoes) {
  const auto foreign = Touched(kSouthCode, &Stub::RecordFact, Record(child_, FACT_KIND_REVIEW, "2019-02-02", "PN1"));
  EXPECT_FALSE(foreign.empty());
  EXPECT_EQ(foreign, Touched(kSouthCode, &Stub::RecordFact, Record(none_, FACT_KIND_REVIEW, "2019-02-02", "PN1")));
}

TEST_F(AccessTest, WithdrawingAForeignFactTouchesWhatWithdrawingNoneDoes) {
  WithdrawFactRequest request;
  request.mutable_header()->set_command_id(NewCommandId());
  request.set_fact(fact_);
  const auto foreign = Touched(kSouthCode, &Stub::WithdrawFact, request);
  EXPECT_FALSE(foreign.empty());
  request.set_fact(none_);
  EXPECT_EQ(foreign, Touched(kSouthCode, &Stub::WithdrawFact, request));
}

}  // namespace
}  // namespace holdfast::testing
