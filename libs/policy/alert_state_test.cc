#include "libs/policy/alert_state.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

ClockRun DueOn(std::string_view due) {
  return {.clock = "eng-review-n",
          .start = Day(due).PlusMonths(-6),
          .due = Day(due),
          .lead_days = 28,
          .escalation_days = 14};
}

TEST(AlertState, GoesFromUpcomingToEscalatedAroundTheLastPermittedDay) {
  const auto run = DueOn("2018-03-31");
  EXPECT_FALSE(StateOn(run, Day("2018-03-02")));
  EXPECT_EQ(StateOn(run, Day("2018-03-03")), AlertState::kUpcoming);
  EXPECT_EQ(StateOn(run, Day("2018-03-30")), AlertState::kUpcoming);
  EXPECT_EQ(StateOn(run, Day("2018-03-31")), AlertState::kDue);
  EXPECT_EQ(StateOn(run, Day("2018-04-01")), AlertState::kOverdue);
  EXPECT_EQ(StateOn(run, Day("2018-04-13")), AlertState::kOverdue);
  EXPECT_EQ(StateOn(run, Day("2018-04-14")), AlertState::kEscalated);
}

TEST(AlertState, IsNothingBeforeTheClockStartsAndResolvedOnceItStops) {
  auto run = DueOn("2018-03-31");
  run.lead_days = 400;
  EXPECT_FALSE(StateOn(run, run.start.PlusDays(-1)));
  EXPECT_EQ(StateOn(run, run.start), AlertState::kUpcoming);
  run.stop = ClockStop{.on = Day("2018-04-05")};
  EXPECT_EQ(StateOn(run, Day("2018-04-04")), AlertState::kOverdue);
  EXPECT_EQ(StateOn(run, Day("2018-04-05")), AlertState::kResolved);
}

TEST(AlertState, IsNotKnownOnlyFromTheDayItWouldBeUpcomingAndNeverOverdue) {
  auto run = DueOn("2018-03-31");
  run.not_known_since = Day("2018-01-01");
  EXPECT_FALSE(StateOn(run, Day("2018-03-02")));
  EXPECT_EQ(StateOn(run, Day("2018-03-03")), AlertState::kNotKnown);
  EXPECT_EQ(StateOn(run, Day("2019-03-03")), AlertState::kNotKnown);
  run.not_known_since = Day("2018-04-10");
  EXPECT_EQ(StateOn(run, Day("2018-04-10")), AlertState::kOverdue);
  EXPECT_EQ(StateOn(run, Day("2018-04-11")), AlertState::kNotKnown);
}

TEST(AlertState, IsNotKnownWithoutALastPermittedDay) {
  auto run = DueOn("2018-03-31");
  run.due.reset();
  run.not_known_since = run.start;
  EXPECT_EQ(StateOn(run, run.start), AlertState::kNotKnown);
}

RC_GTEST_PROP(AlertState, ChangesOnNoDayButTheNextChange, ()) {
  auto run = DueOn("2018-03-31");
  const auto some_day = [&] { return run.start.PlusDays(*rc::gen::inRange(0, 400)); };
  run.lead_days = *rc::gen::inRange(0, 300);
  if (*rc::gen::arbitrary<bool>()) run.stop = ClockStop{.on = some_day()};
  if (*rc::gen::arbitrary<bool>()) run.not_known_since = some_day();
  for (CivilDate day = run.start.PlusDays(-2); day < Day("2019-01-01"); day = day.PlusDays(1)) {
    const bool changes = StateOn(run, day) != StateOn(run, day.PlusDays(1));
    RC_ASSERT(changes == (NextChange(run, day) == day.PlusDays(1)));
  }
}

TEST(Alerts, AreKnownByTheSameIdForEver) {
  const ClockRun run{.clock = "eng-review-1", .entry = EntryNamed("care"), .occurrence = 2};
  const SubjectId child = *SubjectId::FromHexText("000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(AlertIdOf(child, run).HexText(), "47fc15b71a09c041d7fd1fcea1eab2d9");
}

}  // namespace
}  // namespace holdfast
