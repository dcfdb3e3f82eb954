// What a call touches: the store reads and key operations of a child that one may not see are those
// of a child that is not.
#include <gtest/gtest.h>

#include "libs/crypto/fake_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "tests/record/cases_bench.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;

const AuthorityCode kNorthCode = *AuthorityCode::FromText(kNorth);
const AuthorityCode kSouthCode = *AuthorityCode::FromText(kSouth);

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() {
    const auto bench = Open();
    for (const auto& code : {kNorthCode, kSouthCode}) {
      RegisterAuthorityRequest request;
      request.mutable_header()->set_command_id(NewCommandId());
      request.mutable_header()->set_authority(code.text());
      request.set_name("Somewhere");
      Done(bench->As(kNorthCode, Role::kOperator), &Stub::RegisterAuthority, request);
    }
    child_ =
        Done(bench->As(kNorthCode, Role::kWorker), &Stub::RegisterChild, Register("A1")).child();
    fact_ = Done(bench->As(kNorthCode, Role::kWorker), &Stub::RecordFact,
                 Record(child_, FACT_KIND_REVIEW, "2019-02-01", "PN1"))
                .fact();
    Done(bench->As(kNorthCode, Role::kData), &Stub::StartImport, Start(run_, "2019-03-31"));
    Done(bench->As(kSouthCode, Role::kData), &Stub::StartImport,
         Start(own_run_, "2019-03-31", kSouth));
  }

  std::unique_ptr<CasesBench> Open() {
    return std::make_unique<CasesBench>(*log_, *keys_, key_store_, states_, record_);
  }

  // What the call touches, by a service that has just started and has nothing in memory.
  template <typename Request, typename Response>
  std::vector<std::string> Touched(const AuthorityCode& body,
                                   grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                                   const Request& request, Role role = Role::kWorker) {
    const auto bench = Open();
    record_.Take();
    ReasonOf(bench->As(body, role), method, request);
    return record_.Take();
  }

  TemporaryFolder folder_;
  std::unique_ptr<EmbeddedLog> log_ =
      std::move(*EmbeddedLog::Open(folder_ / "log", EmbeddedLog::Mode::kCreate));
  std::unique_ptr<KeysFolder> keys_ =
      std::move(*KeysFolder::OpenOrCreate({folder_ / "keys", folder_ / "data"}));
  FakeKeyStore key_store_{{kNorthCode, kSouthCode}};
  std::vector<MemoryStateStore> states_{2};
  AccessRecord record_;
  std::string child_;
  std::string fact_;
  const std::string none_ = std::string(16, '\x07');
  const std::string run_ = RunOf('1');      // of the north
  const std::string own_run_ = RunOf('2');  // of the south
};

TEST_F(AccessTest, ShowingAForeignChildTouchesWhatShowingNoneDoes) {
  const auto foreign = Touched(kSouthCode, &Stub::ShowCase, Show(child_));
  EXPECT_FALSE(foreign.empty());
  EXPECT_EQ(foreign, Touched(kSouthCode, &Stub::ShowCase, Show(none_)));
  EXPECT_NE(foreign, Touched(kNorthCode, &Stub::ShowCase, Show(child_)));
}

TEST_F(AccessTest, RecordingOnAForeignChildTouchesWhatRecordingOnNoneDoes) {
  const auto foreign =
      Touched(kSouthCode, &Stub::RecordFact, Record(child_, FACT_KIND_REVIEW, "2019-02-02", "PN1"));
  EXPECT_FALSE(foreign.empty());
  EXPECT_EQ(foreign, Touched(kSouthCode, &Stub::RecordFact,
                             Record(none_, FACT_KIND_REVIEW, "2019-02-02", "PN1")));
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

TEST_F(AccessTest, ALocalIdOfAnotherAuthorityTouchesWhatNoneDoes) {
  const auto show = [&](const AuthorityCode& body, const char* local_id) {
    ShowCaseRequest request;
    request.mutable_child()->set_local_id(local_id);
    return Touched(body, &Stub::ShowCase, request);
  };
  EXPECT_EQ(show(kSouthCode, "A1"), show(kSouthCode, "A2"));
  EXPECT_NE(show(kSouthCode, "A1"), show(kNorthCode, "A1"));
  const auto assign = [&](const std::string& child) {
    AssignCaseRequest request;
    request.mutable_header()->set_command_id(NewCommandId());
    request.mutable_child()->set_child(child);
    return Touched(kSouthCode, &Stub::AssignCase, request);
  };
  EXPECT_EQ(assign(child_), assign(none_));
}

TEST_F(AccessTest, AForeignRunTouchesWhatNoneDoes) {
  const auto list = [&](const std::string& run) {
    ListImportsRequest request;
    request.set_run(run);
    return Touched(kSouthCode, &Stub::ListImports, request, Role::kData);
  };
  EXPECT_EQ(list(run_), list(none_));
  const auto withdraw = [&](const std::string& run) {
    WithdrawRunRequest request;
    request.mutable_header()->set_command_id(NewCommandId());
    request.set_run(run);
    return Touched(kSouthCode, &Stub::WithdrawRun, request, Role::kData);
  };
  EXPECT_EQ(withdraw(run_), withdraw(none_));
  const auto state = [&](const std::string& run) {
    return Touched(kSouthCode, &Stub::StateReturnRows,
                   Rows(run, "2019-03-31", "S1", "2019-03-01", kSouth), Role::kData);
  };
  EXPECT_EQ(state(run_), state(none_));
}

TEST_F(AccessTest, AForeignChildOfAReturnTouchesWhatNoneDoes) {
  for (const bool dry_run : {true, false}) {
    const auto state = [&](const std::string& child) {
      auto request = Rows(own_run_, "2019-03-31", "", "2019-03-01", kSouth);
      request.set_child(child);
      request.set_dry_run(dry_run);
      return Touched(kSouthCode, &Stub::StateReturnRows, request, Role::kData);
    };
    const auto foreign = state(child_);
    EXPECT_FALSE(foreign.empty());
    EXPECT_EQ(foreign, state(none_)) << dry_run;
  }
}

}  // namespace
}  // namespace holdfast::testing
