// The record of children over a whole deployment: commands, reads, imports, and the audit of reads.
#include <gtest/gtest.h>

#include <set>

#include "tests/record/deployment.h"

namespace holdfast::testing {
namespace {

using namespace cases::v1;
using Stub = CasesService::Stub;

class RecordTest : public ::testing::Test {
 protected:
  RecordTest() { deployment_.RegisterAuthorities(); }

  std::string RegisterOne(const std::string& local_id) {
    return Done(deployment_.Worker(), &Stub::RegisterChild, Register(local_id)).child();
  }
  CaseView View(const std::string& child) {
    return Done(deployment_.Worker(), &Stub::ShowCase, Show(child)).view();
  }

  Deployment deployment_;
};

TEST_F(RecordTest, ListsAuthoritiesByCode) {
  SetAuthorityLiveRequest live;
  live.mutable_header()->set_command_id(NewCommandId());
  live.mutable_header()->set_authority(kSouth);
  *live.mutable_from() = Day("2019-01-01");
  const auto said = Done(deployment_.Operator(), &Stub::SetAuthorityLive, live);
  EXPECT_EQ(said.positions_size(), 4);
  const auto list = Done(deployment_.Operator(), &Stub::ListAuthorities, {});
  ASSERT_EQ(list.authorities_size(), 2);
  EXPECT_EQ(list.authorities(0).authority(), kNorth);
  EXPECT_FALSE(list.authorities(0).has_live_from());
  EXPECT_EQ(list.authorities(1).live_from().year(), 2019);
  EXPECT_EQ(list.authorities(1).name(), "Council " + kSouth);
}

TEST_F(RecordTest, ShowsAChildThatATeamRegistered) {
  const std::string child = RegisterOne(" A/1 ");
  const auto view = View(child);
  EXPECT_EQ(view.personal().local_id(), "A/1");
  EXPECT_EQ(view.personal().name(), "Canary Smith");
  EXPECT_EQ(view.team(), "team-1");
  ShowCaseRequest by_local_id;
  by_local_id.mutable_child()->set_local_id("A/1");
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::ShowCase, by_local_id).view().child(), child);
}

TEST_F(RecordTest, AnswersARepeatAsTheFirstTime) {
  const auto request = Register("A1");
  const auto first = Done(deployment_.Worker(), &Stub::RegisterChild, request);
  EXPECT_EQ(first.result(), "accepted");
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::RegisterChild, request).SerializeAsString(),
            first.SerializeAsString());
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::RegisterChild, Register("A1")).result(), "unchanged");
}

TEST_F(RecordTest, KnowsARepeatAgainAfterARestart) {
  const auto request = Register("A1");
  const auto first = Done(deployment_.Worker(), &Stub::RegisterChild, request);
  deployment_.Stop();
  deployment_.Start();
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::RegisterChild, request).SerializeAsString(),
            first.SerializeAsString());
}

TEST_F(RecordTest, RefusesACommandIdWithOtherContent) {
  auto request = Register("A1");
  Done(deployment_.Worker(), &Stub::RegisterChild, request);
  request.mutable_personal()->set_name("Another Name");
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::RegisterChild, request), "COMMAND_ID_REUSED");
  request = Register("A1");
  request.mutable_header()->set_command_id(RunOf('1'));
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::RegisterChild, request), "COMMAND_ID_NOT_V7");
}

TEST_F(RecordTest, TakesFactsCorrectionsAndWithdrawals) {
  const std::string child = RegisterOne("A1");
  auto& worker = deployment_.Worker();
  const auto start =
      Done(worker, &Stub::RecordFact, Record(child, FACT_KIND_CARE_START, "2019-01-10"));
  EXPECT_EQ(start.result(), "accepted");
  ASSERT_EQ(View(child).care_periods_size(), 1);
  EXPECT_EQ(View(child).care_periods(0).entry(), start.entry());

  CorrectFactRequest correct;
  correct.mutable_header()->set_command_id(NewCommandId());
  correct.set_fact(start.fact());
  *correct.mutable_on() = Day("2019-01-12");
  correct.set_reason("canary reason");
  const auto corrected = Done(worker, &Stub::CorrectFact, correct);
  EXPECT_EQ(corrected.child(), child);
  EXPECT_EQ(corrected.entry(), View(child).care_periods(0).entry());
  EXPECT_EQ(View(child).care_periods(0).start().day(), 12);

  WithdrawFactRequest withdraw;
  withdraw.mutable_header()->set_command_id(NewCommandId());
  withdraw.set_fact(start.fact());
  withdraw.set_reason("canary reason");
  EXPECT_EQ(Done(worker, &Stub::WithdrawFact, withdraw).result(), "accepted");
  EXPECT_EQ(View(child).care_periods_size(), 0);
}

TEST_F(RecordTest, ShowsWhyADecisionIsNotWhatWasRecommended) {
  const std::string child = RegisterOne("A1");
  auto& worker = deployment_.Worker();
  Done(worker, &Stub::RecordFact,
       Record(child, FACT_KIND_RECOMMENDATION, "2019-02-01", "special_guardianship"));
  auto decided = Record(child, FACT_KIND_PANEL, "2019-02-10", "adoption");
  decided.set_text("canary reason");
  const auto panel = Done(worker, &Stub::RecordFact, decided);
  const auto view = View(child);
  ASSERT_EQ(view.gates_size(), 2);
  EXPECT_EQ(view.gates(0).why(), "");
  EXPECT_EQ(view.gates(1).recommended(), "special_guardianship");
  EXPECT_EQ(view.gates(1).decided(), "adoption");
  EXPECT_TRUE(view.gates(1).has_agrees());
  EXPECT_FALSE(view.gates(1).agrees());
  EXPECT_EQ(view.gates(1).days(), 9);
  EXPECT_EQ(view.gates(1).why(), "canary reason");
  EXPECT_EQ(view.gates(1).entry(), panel.entry());

  const auto again =
      Done(worker, &Stub::RecordFact, Record(child, FACT_KIND_PANEL, "2019-02-10", "adoption"));
  EXPECT_EQ(again.result(), "unchanged") << "other words make no other decision";
  EXPECT_EQ(again.fact(), panel.fact());
}

TEST_F(RecordTest, RefusesWhatTheDomainRefuses) {
  const std::string child = RegisterOne("A1");
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::RecordFact,
                     Record(child, FACT_KIND_CARE_START, "2019-04-02")),
            "FUTURE_DAY");
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::RecordFact,
                     Record(child, FACT_KIND_CARE_START, "2010-05-05")),
            "BEFORE_BIRTH");
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::RecordFact,
                     Record(child, FACT_KIND_CARE_END, "2019-01-01", "E8")),
            "NOTHING_OPEN");
}

TEST_F(RecordTest, ImportsAReturnAndKnowsWhatItCovers) {
  const std::string child = Import(deployment_, RunOf('1'), "2018-03-31", "B1", "2017-09-01");
  const auto view = View(child);
  ASSERT_EQ(view.care_periods_size(), 1);
  EXPECT_EQ(view.care_periods(0).status(), "open");
  EXPECT_EQ(view.covered_through().year(), 2018);
  EXPECT_EQ(view.personal().born().year(), 2010);

  auto again = Rows(RunOf('1'), "2018-03-31", "B1", "2017-09-01");
  const auto repeated = Done(deployment_.Data(), &Stub::StateReturnRows, again);
  EXPECT_EQ(repeated.answer().events(), 0U);
  EXPECT_EQ(repeated.answer().rows(1).outcome(), ROW_OUTCOME_UNCHANGED);

  ListImportsRequest list;
  const auto runs = Done(deployment_.Data(), &Stub::ListImports, list);
  ASSERT_EQ(runs.runs_size(), 1);
  EXPECT_EQ(runs.runs(0).state(), "finished");
  EXPECT_EQ(runs.runs(0).by(), "holdfast://E06000901/data/data");
}

TEST_F(RecordTest, TriesRowsWithoutStoringAnything) {
  auto rows = Rows(RunOf('1'), "2018-03-31", "B1", "2017-09-01");
  rows.set_dry_run(true);
  const auto tried = Done(deployment_.Data(), &Stub::StateReturnRows, rows);
  EXPECT_EQ(tried.answer().events(), 3U);
  EXPECT_EQ(ReasonOf(deployment_.Worker(), &Stub::ShowCase, Show(tried.answer().child())),
            "NOT_FOUND_OR_NOT_ALLOWED");
}

TEST_F(RecordTest, ReviewsWhatReturnsLeaveOpen) {
  const std::string child = Import(deployment_, RunOf('1'), "2017-03-31", "B1", "2016-09-01");
  Import(deployment_, RunOf('2'), "2018-03-31", "B2", "2017-09-01");
  ReviewReturnsRequest request;
  *request.mutable_layer() = Day("2017-03-31");
  const auto review = Done(deployment_.Data(), &Stub::ReviewReturns, request);
  ASSERT_EQ(review.layer_children_size(), 1);
  EXPECT_EQ(review.layer_children(0), child);
  ASSERT_EQ(review.findings_size(), 1);
  EXPECT_EQ(review.findings(0).not_in_next_return_size(), 1);
}

TEST_F(RecordTest, WithdrawsARun) {
  const std::string child = Import(deployment_, RunOf('1'), "2018-03-31", "B1", "2017-09-01");
  WithdrawRunRequest withdraw;
  withdraw.set_run(RunOf('1'));
  withdraw.set_child(child);
  withdraw.mutable_header()->set_command_id(NewCommandId());
  EXPECT_EQ(Done(deployment_.Data(), &Stub::WithdrawRun, withdraw).result(), "accepted");
  withdraw.clear_child();
  withdraw.mutable_header()->set_command_id(NewCommandId());
  EXPECT_EQ(Done(deployment_.Data(), &Stub::WithdrawRun, withdraw).result(), "accepted");
  EXPECT_EQ(View(child).care_periods_size(), 0);
  EXPECT_FALSE(View(child).has_covered_through());
  EXPECT_EQ(ReasonOf(deployment_.Data(), &Stub::StateReturnRows,
                     Rows(RunOf('1'), "2018-03-31", "B1", "2017-09-01")),
            "RUN_WITHDRAWN");
}

TEST_F(RecordTest, FindsAChildThatARunOnlyTookRowsFrom) {
  const std::string child = Import(deployment_, RunOf('1'), "2018-03-31", "B1", "2017-09-01");
  auto& data = deployment_.Data();
  Done(data, &Stub::StartImport, Start(RunOf('2'), "2018-03-31"));
  auto lacking = Rows(RunOf('2'), "2018-03-31", "", "2017-09-01");
  lacking.mutable_command()->clear_rows();
  lacking.set_child(child);
  EXPECT_EQ(Done(data, &Stub::StateReturnRows, lacking).answer().removed_size(), 2);
  EXPECT_EQ(View(child).care_periods_size(), 0);
  ReviewReturnsRequest review;
  *review.mutable_layer() = Day("2018-03-31");
  ASSERT_EQ(Done(data, &Stub::ReviewReturns, review).layer_children_size(), 1);
  WithdrawRunRequest withdraw;
  withdraw.set_run(RunOf('2'));
  withdraw.set_child(child);
  withdraw.mutable_header()->set_command_id(NewCommandId());
  Done(data, &Stub::WithdrawRun, withdraw);
  EXPECT_EQ(View(child).care_periods_size(), 1);
}

TEST_F(RecordTest, ListsChildrenAPageAtATime) {
  std::set<std::string> registered;
  for (int i = 0; i < 7; ++i) registered.insert(RegisterOne("L" + std::to_string(i)));
  std::set<std::string> listed;
  ListCasesRequest request;
  request.set_limit(3);
  int pages = 0;
  do {
    const auto page = Done(deployment_.Worker(), &Stub::ListCases, request);
    EXPECT_LE(page.cases_size(), 3);
    for (const auto& summary : page.cases()) EXPECT_TRUE(listed.insert(summary.child()).second);
    request.set_page(page.next_page());
    ++pages;
  } while (!request.page().empty());
  EXPECT_EQ(listed, registered);
  EXPECT_EQ(pages, 3);
  request.set_team("team-1");
  request.set_worker("worker-1");
  request.set_limit(0);
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::ListCases, request).cases_size(), 7);
  request.set_team("no such team");
  EXPECT_EQ(Done(deployment_.Worker(), &Stub::ListCases, request).cases_size(), 0);
}

TEST_F(RecordTest, RecordsEachReadBeforeItsAnswer) {
  const std::string child = RegisterOne("A1");
  RegisterOne("A2");
  View(child);
  Done(deployment_.Worker(), &Stub::ListCases, {});
  const auto reads = deployment_.ReadsOf(child);
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0].who(), "holdfast://E06000901/worker/worker");
  EXPECT_EQ(reads[0].purpose(), "direct_care");
  EXPECT_EQ(reads[0].children(), 1U);
  EXPECT_EQ(reads[0].fields_size(), 3);
  EXPECT_EQ(reads[1].children(), 2U);
  deployment_.Stop();
  deployment_.WipeState("audit");
  deployment_.Start();
  EXPECT_EQ(deployment_.ReadsOf(child).size(), 2U);
}

TEST_F(RecordTest, ReadsWaitForWhatTheyMustHaveSeen) {
  const std::string child = RegisterOne("A1");
  auto request = Show(child);
  auto& position = *request.mutable_header()->add_at_least();
  position.set_service("cases");
  position.set_partition(PartitionOf(*SubjectId::FromBytes(child), 4));
  position.set_event(1'000'000);
  const auto answer = CallUnary(deployment_.Worker(), &Stub::ShowCase, request,
                                {.timeout = std::chrono::milliseconds(1500)});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().status.reason == "NOT_YET_READ" ||
              answer.error().status.reason == "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace holdfast::testing
