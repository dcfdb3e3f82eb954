// What one child's row of a tracker sheet comes to, and in which order it is refused.
#include "services/cases/domain/state_tracker_row.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/permanence/dates.h"
#include "libs/permanence/tracker_facts.h"
#include "libs/testing/child_of_sources.h"
#include "services/cases/domain/authority.h"
#include "services/cases/domain/withdraw_run.h"

namespace holdfast::cases {
namespace {

using namespace v1;
using Lines = std::vector<std::string>;

// A row of the sheet as of a day, as in Row("2026-03-31", 1).Born("2019-05-04").
class Row {
 public:
  Row(std::string_view as_of, uint64_t run_number) {
    auto& sheet = *command_.mutable_sheet();
    sheet.set_authority("S12000901");
    sheet.set_run(RunId{HashId("run", {std::to_string(run_number)})}.Bytes());
    sheet.set_run_number(run_number);
    SetDate(Day(as_of), sheet.mutable_as_of());
    command_.mutable_child()->mutable_open()->set_local_id("A1");
    command_.set_new_key_id(std::string(16, 'k'));
    command_.set_registration(std::string(16, 'r'));
    Born("2019-05-04");
  }
  Row& Born(std::string_view day) {
    auto& open = *command_.mutable_child()->mutable_open();
    open.clear_born();
    if (!day.empty()) SetDate(Day(day), open.mutable_born());
    return *this;
  }
  Row& Worker(std::string worker) {
    command_.set_worker(std::move(worker));
    return *this;
  }
  Row& Says(FactKind kind, std::string_view on, std::string code = "") {
    auto& cell = *command_.add_cells();
    const FactId fact = SheetInTests::FactOf(kind, code);
    cell.set_kind(kind);
    cell.set_code(std::move(code));
    if (!on.empty()) SetDate(Day(on), cell.mutable_on());
    cell.set_fact(fact.Bytes());
    cell.set_assertion(
        AssertionId{HashId("assertion", {fact.Bytes(), command_.sheet().run()})}.Bytes());
    return *this;
  }
  const StateTrackerRow& command() const { return command_; }

 private:
  StateTrackerRow command_;
};

// A child of whom sheets are told.
class Child {
 public:
  StateTrackerRowDecision Tell(const Row& row) {
    auto decision = Decide(facts_, row.command());
    Apply(decision.events);
    return decision;
  }
  void Apply(const std::vector<CasesEvent>& events) {
    for (const auto& event : events)
      holdfast::Apply(event, Instant(std::chrono::microseconds(++recorded_)), facts_);
  }
  ChildFacts& facts() { return facts_; }

 private:
  ChildFacts facts_;
  int64_t recorded_ = 0;
};

std::string Word(const RowAnswer& answer) {
  switch (answer.outcome()) {
    case ROW_OUTCOME_REFUSED:
      return "refused " + answer.rule();
    case ROW_OUTCOME_CORRECTED:
      return "corrected";
    case ROW_OUTCOME_FACTS:
      return "facts";
    case ROW_OUTCOME_UNCHANGED:
      return "unchanged";
    default:
      return "?";
  }
}

// The row's outcome, then its cells'.
Lines Words(const StateTrackerRowDecision& decision) {
  Lines words{Word(decision.answer.row())};
  for (const auto& cell : decision.answer.cells()) words.push_back(Word(cell));
  return words;
}

TEST(StateTrackerRow, RegistersAChildWhoHasNoRecord) {
  Child child;
  const auto decision = child.Tell(
      Row("2026-03-31", 1).Worker("w17").Says(FACT_KIND_PANEL, "2026-02-10", "adoption"));
  EXPECT_EQ(Words(decision), (Lines{"facts", "facts"}));
  ASSERT_EQ(decision.events.size(), 3u);
  EXPECT_EQ(decision.events[0].child_registered().personal().open().local_id(), "A1");
  EXPECT_EQ(decision.events[0].child_registered().key_id(), std::string(16, 'k'));
  EXPECT_EQ(decision.events[1].case_assigned().worker(), "w17");
  EXPECT_EQ(decision.events[2].tracker_facts_stated().facts_size(), 1);
  for (const auto& event : decision.events)
    EXPECT_EQ(DayOf(event.reported_on()), Day("2026-03-31"));
  EXPECT_EQ(decision.answer.events(), 3u);
}

TEST(StateTrackerRow, IsUnchangedTheSecondTime) {
  Child child;
  const auto row = Row("2026-03-31", 1).Worker("w17").Says(FACT_KIND_INVOLVEMENT, "2025-02-10");
  child.Tell(row);
  const auto again = child.Tell(row);
  EXPECT_EQ(Words(again), (Lines{"unchanged", "unchanged"}));
  EXPECT_TRUE(again.events.empty());
}

TEST(StateTrackerRow, RecordsThatALaterSheetRepeatsAnEarlierOneAndCountsItUnchanged) {
  Child child;
  child.Tell(Row("2026-01-31", 1).Says(FACT_KIND_INVOLVEMENT, "2025-02-10"));
  const auto later = child.Tell(Row("2026-03-31", 2).Says(FACT_KIND_INVOLVEMENT, "2025-02-10"));
  EXPECT_EQ(Words(later), (Lines{"unchanged", "unchanged"}));
  EXPECT_EQ(later.events.size(), 1u);
}

TEST(StateTrackerRow, CorrectsWhatAnEarlierSheetSaidAndKeepsTheFact) {
  Child child;
  child.Tell(Row("2026-01-31", 1).Says(FACT_KIND_INVOLVEMENT, "2025-02-10"));
  const auto later = child.Tell(Row("2026-03-31", 2).Says(FACT_KIND_INVOLVEMENT, "2025-02-12"));
  EXPECT_EQ(Words(later), (Lines{"corrected", "corrected"}));
  const auto standing = StandingTracker(child.facts(), {});
  ASSERT_EQ(standing.size(), 1u);
  EXPECT_EQ(standing[0].on, Day("2025-02-12"));
}

TEST(StateTrackerRow, OfAnOlderSheetThatComesLateOverwritesNothing) {
  Child child;
  child.Tell(Row("2026-03-31", 1).Worker("new").Says(FACT_KIND_INVOLVEMENT, "2025-02-12"));
  const auto older = child.Tell(
      Row("2026-01-31", 2).Worker("old").Says(FACT_KIND_INVOLVEMENT, "2025-02-10"));
  EXPECT_EQ(Words(older), (Lines{"facts", "facts"}));
  EXPECT_EQ(StandingTracker(child.facts(), {}).at(0).on, Day("2025-02-12"));
  EXPECT_EQ(child.facts().worker, "new");
}

TEST(StateTrackerRow, LeavesTheWorkerWhomATeamNamed) {
  Child child;
  child.Tell(Row("2026-01-31", 1).Worker("w1"));
  CasesEvent assigned;
  assigned.mutable_case_assigned()->set_worker("w2");
  child.Apply({assigned});
  EXPECT_EQ(Words(child.Tell(Row("2026-03-31", 2).Worker("w3"))), Lines{"unchanged"});
  EXPECT_EQ(child.facts().worker, "w2");
}

TEST(StateTrackerRow, KeepsTheGoodCellsOfARowWithABadOne) {
  Child child;
  const auto decision = child.Tell(Row("2026-03-31", 1)
                                       .Says(FACT_KIND_INVOLVEMENT, "2025-02-10")
                                       .Says(FACT_KIND_PANEL, "2026-04-01", "adoption"));
  EXPECT_EQ(Words(decision), (Lines{"refused ", "facts", "refused ahead"}));
  EXPECT_EQ(StandingTracker(child.facts(), {}).size(), 1u);
}

TEST(StateTrackerRow, RefusesTheRowInOrderOfPrecedence) {
  Child child;
  EXPECT_EQ(Words(Decide({}, Row("2026-03-31", 1).Born("").command())), Lines{"refused no_born"});
  EXPECT_EQ(Words(Decide({}, Row("2026-03-31", 1).Born("2026-04-01").command())),
            Lines{"refused born_ahead"});
  child.Tell(Row("2026-03-31", 1));
  EXPECT_EQ(Words(child.Tell(Row("2026-03-31", 2).Born("2026-04-01"))),
            Lines{"refused born_ahead"});
  EXPECT_EQ(Words(child.Tell(Row("2026-03-31", 2).Born("2019-05-05"))),
            Lines{"refused born_differs"});
  EXPECT_EQ(Words(child.Tell(Row("2026-03-31", 2).Born(""))), Lines{"unchanged"});
}

TEST(StateTrackerRow, RefusesACellInOrderOfPrecedence) {
  struct Case {
    FactKind kind;
    const char* on;
    const char* code;
    const char* outcome;
  };
  const Case cases[] = {
      {static_cast<FactKind>(900), "", "NONE", "refused unknown_kind"},
      {FACT_KIND_ORDER, "", "", "refused needs_code"},
      {FACT_KIND_ORDER, "", "CARE", "refused no_such_code"},
      {FACT_KIND_ORDER, "", "CSO", "refused no_day"},
      {FACT_KIND_ORDER, "2026-04-01", "CSO", "refused ahead"},
      {FACT_KIND_HEARING, "2026-04-01", "held", "refused ahead"},
      {FACT_KIND_ORDER, "2019-05-03", "CSO", "refused before_birth"},
      {FACT_KIND_HEARING, "2026-04-01", "", "facts"},
      {FACT_KIND_ORDER, "2019-05-04", "CSO", "facts"},
      {FACT_KIND_ORDER, "2019-05-05", "CSO", "refused twice"},
      {FACT_KIND_ORDER, "2019-05-04", "CSO", "unchanged"},
  };
  Row row("2026-03-31", 1);
  Lines expected{"refused "};
  for (const auto& c : cases) {
    row.Says(c.kind, c.on, c.code);
    expected.push_back(c.outcome);
  }
  EXPECT_EQ(Words(Decide({}, row.command())), expected);
}

TEST(StateTrackerRow, IsTakenBackWithItsRun) {
  Child child;
  child.Tell(Row("2026-01-31", 1).Says(FACT_KIND_INVOLVEMENT, "2025-02-10"));
  const Row later = Row("2026-03-31", 2).Says(FACT_KIND_INVOLVEMENT, "2025-02-12");
  child.Tell(later);
  WithdrawRun withdraw;
  withdraw.set_run(later.command().sheet().run());
  child.Apply(Decide("S12000901", child.facts(), withdraw));
  EXPECT_EQ(StandingTracker(child.facts(), {}).at(0).on, Day("2025-02-10"));
  EXPECT_TRUE(Decide("S12000901", child.facts(), withdraw).empty());
  const Row anew = Row("2026-03-31", 3).Says(FACT_KIND_INVOLVEMENT, "2025-02-12");
  EXPECT_EQ(Words(child.Tell(anew)), (Lines{"corrected", "corrected"}));
}

RC_GTEST_PROP(StateTrackerRow, YieldsNothingWhenDecidedAgain, ()) {
  Child child;
  for (int i = 0; i < 6; ++i) {
    Row row(*rc::gen::element<std::string>("2026-01-31", "2026-02-28", "2026-03-31"), 1 + i);
    row.Worker(*rc::gen::element<std::string>("", "w1", "w2"));
    for (const auto kind : {FACT_KIND_INVOLVEMENT, FACT_KIND_PANEL, FACT_KIND_REVIEW})
      row.Says(kind, *rc::gen::element<std::string>("2025-01-01", "2025-01-02", "2027-01-01"));
    child.Tell(row);
    RC_ASSERT(child.Tell(row).events.empty());
  }
}

// The run

AuthorityContext Context(const AuthorityFacts& facts) {
  return {.authority = "S12000901", .facts = facts, .today = Day("2026-03-31"),
          .manual_clock = true};
}

AuthorityFacts WithRunOf(std::string_view as_of, uint64_t run_number, AuthorityFacts facts = {}) {
  facts.registered = true;
  StartImport start;
  start.set_run(RunId{HashId("run", {std::to_string(run_number)})}.Bytes());
  SetDate(Day(as_of), start.mutable_as_of());
  const auto started = Decide(Context(facts), start);
  EXPECT_TRUE(started);
  for (const auto& event : started->events) Apply(event, Instant{}, facts);
  return facts;
}

TEST(RunOfASheet, CoversNothing) {
  const auto facts = WithRunOf("2026-03-01", 1);
  FinishImport finish;
  finish.mutable_covered()->mutable_submission()->set_run(facts.runs[0].submission.run());
  const auto finished = Decide(Context(facts), finish);
  ASSERT_TRUE(finished);
  ASSERT_EQ(finished->events.size(), 1u);
  EXPECT_TRUE(finished->events[0].has_import_run_finished());
}

TEST(RunOfASheet, IsNotBegunBeforeItsDay) {
  AuthorityFacts facts;
  facts.registered = true;
  StartImport start;
  start.set_run(std::string(16, 'r'));
  SetDate(Day("2026-04-01"), start.mutable_as_of());
  EXPECT_EQ(Decide(Context(facts), start).error(), AuthorityRefusal::kSheetAhead);
}

TEST(RunOfASheet, IsWithdrawnUnlessALaterOneOfItsDayStands) {
  auto facts = WithRunOf("2026-03-01", 2, WithRunOf("2026-03-01", 1));
  facts = WithRunOf("2026-03-08", 3, facts);
  WithdrawRun withdraw;
  withdraw.set_run(facts.runs[0].submission.run());
  EXPECT_EQ(Decide(Context(facts), withdraw).error(), AuthorityRefusal::kRunNotNewest);
  withdraw.set_run(facts.runs[1].submission.run());
  const auto withdrawn = Decide(Context(facts), withdraw);
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(DayOf(withdrawn->events.at(0).reported_on()), Day("2026-03-01"));
}

}  // namespace
}  // namespace holdfast::cases
