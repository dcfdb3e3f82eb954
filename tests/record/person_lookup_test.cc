// Children found by name and day of birth: exactly, within one authority, audited, and without a
// row that tells either.
#include <gtest/gtest.h>

#include "libs/shard/rocks_store.h"
#include "tests/record/deployment.h"
#include "tests/record/raw_answer.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;

constexpr char kName[] = "Quilliana O'Brien-Zoë";
constexpr uint32_t kPartitions = 4;  // of the deployment

FindChildrenRequest Looking(const std::string& name, const char* born = "2010-05-06") {
  FindChildrenRequest request;
  request.set_name(name);
  *request.mutable_born() = Day(born);
  return request;
}

class PersonLookupTest : public ::testing::Test {
 protected:
  PersonLookupTest() {
    deployment_.RegisterAuthorities();
    child_ = Done(deployment_.Worker(), &Stub::RegisterChild, Register("A1", kName)).child();
  }

  std::vector<std::string> Found(const FindChildrenRequest& request,
                                 const std::string& by = kNorth) {
    const auto answer = Done(deployment_.Worker(by), &Stub::FindChildren, request);
    return {answer.children().begin(), answer.children().end()};
  }

  // The rows of the look-up model, without its places in the journal.
  std::vector<StoredRow> LookupRows() const {
    const auto database = *RocksDatabase::Open(deployment_.data() / "state" / "cases");
    std::vector<StoredRow> rows;
    for (uint32_t part = kPartitions; part < 2 * kPartitions; ++part) {
      const auto store = database->StoreOf(part);
      for (const char* prefix : {"p", "n"}) {
        const auto found = store->Scan(prefix, "", SIZE_MAX);
        rows.insert(rows.end(), found->begin(), found->end());
      }
    }
    return rows;
  }

  using Children = std::vector<std::string>;
  Deployment deployment_;
  std::string child_;
};

TEST_F(PersonLookupTest, FindsByAllPartsThatAreGivenInAnyOrderAndNoOthers) {
  for (const char* name : {kName, "QUILLIANA", "zoe obrien", "Zoë, Quilliana", "O’Brien"}) {
    EXPECT_EQ(Found(Looking(name)), Children{child_}) << name;
  }
  for (const char* name : {"Quillian", "Quilliana Smith", "Zo"})
    EXPECT_EQ(Found(Looking(name)), Children{}) << name;
  EXPECT_EQ(Found(Looking(kName, "2010-05-07")), Children{});
}

TEST_F(PersonLookupTest, FindsByTheDayThatAReturnStatesToo) {
  auto rows = Rows(RunOf('1'), "2018-03-31", "A1", "2017-09-01");
  *rows.mutable_command()
       ->mutable_rows(0)
       ->mutable_row()
       ->mutable_personal()
       ->mutable_open()
       ->mutable_born() = Day("2010-06-05");
  Done(deployment_.Data(), &Stub::StartImport, Start(RunOf('1'), "2018-03-31"));
  Done(deployment_.Data(), &Stub::StateReturnRows, rows);
  EXPECT_EQ(Found(Looking("Quilliana", "2010-06-05")), Children{child_});
  EXPECT_EQ(Found(Looking("Quilliana", "2010-05-06")), Children{child_}) << "as it was first said";
}

TEST_F(PersonLookupTest, FindsTheAuthoritysOwnChildrenAlone) {
  auto same = Register("A1", kName);
  same.mutable_header()->set_authority(kSouth);
  const auto other = Done(deployment_.Worker(kSouth), &Stub::RegisterChild, same).child();
  EXPECT_EQ(Found(Looking(kName)), Children{child_});
  EXPECT_EQ(Found(Looking(kName), kSouth), Children{other});
  const auto south = deployment_.ChannelOf(Role::kWorker, kSouth);
  const auto ask = [&](const std::string& name) {
    return AskRaw(south, "holdfast.cases.v1.CasesService/FindChildren",
                  Looking(name).SerializeAsString(), {.purpose = "direct_care"});
  };
  Done(deployment_.Worker(), &Stub::RegisterChild, Register("A2", "Onlyinthenorth Smith"));
  EXPECT_EQ(ask("Onlyinthenorth").bytes, ask("Nobody").bytes);
  auto foreign = Looking(kName);
  foreign.set_authority(kNorth);
  EXPECT_EQ(ReasonOf(deployment_.Worker(kSouth), &Stub::FindChildren, foreign),
            "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(PersonLookupTest, SaysWhatItNeeds) {
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::FindChildren, Looking(" - ")), "NAME_NEEDED");
  FindChildrenRequest without_day;
  without_day.set_name(kName);
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::FindChildren, without_day), "DAY_NEEDED");
}

TEST_F(PersonLookupTest, IsRecordedAsAReadOfWhoeverIsFound) {
  Found(Looking("Nobody"));
  EXPECT_TRUE(deployment_.ReadsOf(child_).empty());
  Found(Looking(kName));
  const auto reads = deployment_.ReadsOf(child_);
  ASSERT_EQ(reads.size(), 1u);
  EXPECT_EQ(std::vector<std::string>(reads[0].fields().begin(), reads[0].fields().end()),
            (std::vector<std::string>{"name", "born"}));
}

TEST_F(PersonLookupTest, KeepsTokensThatTellNothingAndIsBuiltAgainToTheSameBytes) {
  Done(deployment_.Worker(), &Stub::RegisterChild, Register("A3", "Quilliana Smith"));
  auto twin = Register("A4", "Quilliana Jones");
  *twin.mutable_personal()->mutable_born() = Day("2011-01-01");
  Done(deployment_.Worker(), &Stub::RegisterChild, twin);
  ASSERT_EQ(Found(Looking("Quilliana")).size(), 2u);
  deployment_.Stop();
  const auto rows = LookupRows();
  std::map<std::string, int> tokens;
  for (const auto& row : rows) {
    for (const char* told : {"uilliana", "brien", "zoe", "mith", "2010", "05-06"}) {
      EXPECT_EQ((row.key + row.value).find(told), std::string::npos) << told;
    }
    if (row.key.starts_with("n")) ++tokens[row.key.substr(0, row.key.size() - 16)];
  }
  // Quilliana, O'Brien, Zoe, Smith of one day; Quilliana, Jones of another: only who shares a
  // name and the day of birth shares a token.
  EXPECT_EQ(tokens.size(), 6u);
  deployment_.WipeState("cases");
  deployment_.Start();
  EXPECT_EQ(Found(Looking("Quilliana")).size(), 2u);
  deployment_.Stop();
  EXPECT_EQ(LookupRows(), rows);
}

}  // namespace
}  // namespace holdfast::testing
