// What may never be seen: personal data in a file, and whether a child that one may not see exists.
// And what is derived from the journals is the same bytes however often it is.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "libs/shard/rocks_store.h"
#include "tests/record/deployment.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;

// Long and without repeats, so that no compression hides them.
constexpr char kName[] = "Zq8vKw2RtYb7LmXc4NdPf9GhJs";
constexpr char kLocalId[] = "Hc5TgBn3WsEr6QaUz1MkOy7Vp";
constexpr char kReason[] = "Lx4DfRv8KjSe2NcGt6BhWm9Py";

std::string Everything(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

// The rows of subjects, read models and outcomes: all but places in journals, which a start moves.
std::vector<StoredRow> RowsOf(const Deployment& deployment) {
  const auto database = *RocksDatabase::Open(deployment.data() / "state" / "cases");
  std::vector<StoredRow> rows;
  for (uint32_t partition = 0; partition < 4; ++partition) {
    const auto store = database->StoreOf(partition);
    for (const char* prefix : {"s", "r", "o"}) {
      const auto found = store->Scan(prefix, "", SIZE_MAX);
      rows.insert(rows.end(), found->begin(), found->end());
    }
  }
  return rows;
}

class PrivacyTest : public ::testing::Test {
 protected:
  PrivacyTest() {
    deployment_.RegisterAuthorities();
    Fill();
  }

  // A child of a team's record and of returns, with a correction.
  void Fill() {
    auto& worker = deployment_.Worker();
    child_ = Done(worker, &Stub::RegisterChild, Register(kLocalId, kName)).child();
    const auto fact =
        Done(worker, &Stub::RecordFact, Record(child_, FACT_KIND_REVIEW, "2019-02-01", "PN1"));
    CorrectFactRequest correct;
    correct.mutable_header()->set_command_id(NewCommandId());
    correct.set_fact(fact.fact());
    *correct.mutable_on() = Day("2019-02-02");
    correct.set_reason(kReason);
    Done(worker, &Stub::CorrectFact, correct);
    Import(deployment_, RunOf('1'), "2018-03-31", kLocalId, "2017-09-01");
    Import(deployment_, RunOf('2'), "2019-03-31", kLocalId, "2017-09-01");
    Done(worker, &Stub::ShowCase, Show(child_));
    Done(worker, &Stub::ListCases, {});
  }

  // All that a caller gets of a failure.
  template <typename Request, typename Response>
  std::string FailureBytes(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                           const Request& request) {
    grpc::ClientContext context;
    Prepare(context, {});
    Response response;
    const auto status = (deployment_.Worker(kSouth).*method)(&context, request, &response);
    EXPECT_FALSE(status.ok());
    std::string bytes =
        std::to_string(status.error_code()) + status.error_message() + status.error_details();
    for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
      bytes.append(name.data(), name.size()).append(value.data(), value.size());
    }
    return bytes;
  }

  Deployment deployment_;
  std::string child_;
};

TEST_F(PrivacyTest, NoFileHoldsPersonalDataInTheClear) {
  deployment_.Stop();
  const std::string all = Everything(deployment_.data());
  EXPECT_NE(all.find("E06000901"), std::string::npos);
  for (const char* canary : {kName, kLocalId, kReason, "CANARY-UPN", "CANARY AB1"}) {
    EXPECT_EQ(all.find(canary), std::string::npos) << canary;
  }
}

TEST_F(PrivacyTest, AForeignChildAndNoneAreAnsweredWithTheSameBytes) {
  const std::string none(16, '\x07');
  EXPECT_EQ(FailureBytes(&Stub::ShowCase, Show(child_)), FailureBytes(&Stub::ShowCase, Show(none)));
  EXPECT_EQ(FailureBytes(&Stub::RecordFact, Record(child_, FACT_KIND_REVIEW, "2019-02-01", "PN1")),
            FailureBytes(&Stub::RecordFact, Record(none, FACT_KIND_REVIEW, "2019-02-01", "PN1")));
  auto rows = Rows(RunOf('9'), "2018-03-31", "", "2017-09-01", kSouth);
  Done(deployment_.Data(kSouth), &Stub::StartImport, Start(RunOf('9'), "2018-03-31", kSouth));
  rows.set_child(child_);
  EXPECT_EQ(ReasonOf(deployment_.Data(kSouth), &Stub::StateReturnRows, rows),
            "NOT_FOUND_OR_NOT_ALLOWED");
  rows.set_dry_run(true);
  EXPECT_EQ(ReasonOf(deployment_.Data(kSouth), &Stub::StateReturnRows, rows),
            "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(PrivacyTest, AForeignFactAndNoneAreAnsweredWithTheSameBytes) {
  const auto fact = Done(deployment_.Worker(), &Stub::RecordFact,
                         Record(child_, FACT_KIND_REVIEW, "2019-03-01", "PN1"));
  WithdrawFactRequest withdraw;
  withdraw.mutable_header()->set_command_id(NewCommandId());
  withdraw.set_fact(fact.fact());
  const auto foreign = FailureBytes(&Stub::WithdrawFact, withdraw);
  withdraw.set_fact(RunOf('n'));
  EXPECT_EQ(foreign, FailureBytes(&Stub::WithdrawFact, withdraw));
}

TEST_F(PrivacyTest, AForeignAuthorityIsTurnedAway) {
  ListCasesRequest list;
  list.set_authority(kNorth);
  EXPECT_EQ(ReasonOf(deployment_.Worker(kSouth), &Stub::ListCases, list),
            "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(Done(deployment_.Worker(kSouth), &Stub::ListCases, {}).cases_size(), 0);
  EXPECT_EQ(ReasonOf(deployment_.Operator(), &Stub::ListCases, list), "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(PrivacyTest, AWipedStateIsBuiltAgainToTheSameBytes) {
  const auto shown =
      Done(deployment_.Worker(), &Stub::ShowCase, Show(child_)).view().SerializeAsString();
  deployment_.Stop();
  const auto before = RowsOf(deployment_);
  ASSERT_FALSE(before.empty());
  deployment_.WipeState("cases");
  deployment_.Start();
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::ShowCase, Show(child_)).view().SerializeAsString(),
            shown);
  deployment_.Stop();
  EXPECT_EQ(RowsOf(deployment_), before);
}

}  // namespace
}  // namespace holdfast::testing
