// The clocks of Scotland's reviews: Looked After Children (Scotland) Regulations 2009, regulations
// 44 and 45, and the national aim for children at home under an order.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_in_tests.h"
#include "libs/policy/explain.h"

namespace holdfast {
namespace {

ChildInTests InScotland() { return ChildInTests("scotland"); }

AlertState StateOfFirst(const std::vector<ClockRun>& runs, std::string_view day) {
  return *StateOn(runs.at(0), Day(day));
}

TEST(ScotlandFirstReview, IsDueSixWeeksAfterThePlacementAndLateTheDayAfter) {
  const auto runs = RunsOf(
      "sco-lac-review-1", InScotland().CareStarts("2024-01-08").Placement("FOST_LA", "2024-01-10"));
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].entry, EntryNamed("placement 2024-01-10"));
  EXPECT_EQ(runs[0].due, Day("2024-02-21"));
  EXPECT_EQ(StateOfFirst(runs, "2024-02-21"), AlertState::kDue);
  EXPECT_EQ(StateOfFirst(runs, "2024-02-22"), AlertState::kOverdue);
  EXPECT_EQ(StateOn(runs[0], Day("2024-01-23")), std::nullopt);
  EXPECT_EQ(StateOfFirst(runs, "2024-01-24"), AlertState::kUpcoming);
}

TEST(ScotlandFirstReview, StartsAgainWithEachMoveAndNotForAdoptersOrHome) {
  const auto child = InScotland()
                         .CareStarts("2024-01-10")
                         .Placement("FOST_LA", "2024-01-10", "2024-02-01")
                         .Placement("KINSHIP", "2024-02-01", "2024-05-01")
                         .Placement("PROSP_ADOPT", "2024-05-01", "2024-07-01")
                         .Placement("HOME", "2024-07-01");
  const auto runs = RunsOf("sco-lac-review-1", child);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].stop->event, StopEvent::kPlacementEnded);
  EXPECT_EQ(runs[0].stop->on, Day("2024-02-01"));
  EXPECT_EQ(runs[1].due, Day("2024-03-14"));
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-1", child).at(0).due, Day("2024-08-12"));
}

TEST(ScotlandReviews, OnTheDayOfAMoveBelongToTheNewPlacement) {
  const auto child = InScotland()
                         .CareStarts("2024-01-10")
                         .Placement("FOST_LA", "2024-01-10", "2024-02-01")
                         .Placement("KINSHIP", "2024-02-01")
                         .Review("2024-02-01");
  const auto runs = RunsOf("sco-lac-review-1", child);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].stop->event, StopEvent::kPlacementEnded);
  EXPECT_EQ(runs[1].stop->on, Day("2024-02-01"));
  EXPECT_EQ(RunsOf("sco-lac-review-2", child).at(0).due, Day("2024-05-01"));
}

TEST(ScotlandLaterReviews, FollowThreeThenSixMonthsApartWithTheEndOfMonthRule) {
  const auto child = InScotland()
                         .CareStarts("2023-11-01")
                         .Placement("OTH_RES", "2023-11-01")
                         .Review("2023-11-30", "looked_after")
                         .Review("2024-02-29", "permanence");
  EXPECT_EQ(RunsOf("sco-lac-review-2", child).at(0).due, Day("2024-02-29"));
  EXPECT_EQ(RunsOf("sco-lac-review-n", child).at(0).due, Day("2024-08-29"));
}

TEST(ScotlandReviews, ArePeersReviewsNever) {
  const auto child = InScotland()
                         .CareStarts("2024-01-10")
                         .Placement("FOST_PURCH", "2024-01-10")
                         .Review("2024-01-20", "peer");
  EXPECT_FALSE(RunsOf("sco-lac-review-1", child).at(0).stop);
}

TEST(ScotlandReviewsAtHome, AreDueAYearAfterEachWhereNothingElseIsAgreed) {
  const auto child =
      InScotland().CareStarts("2024-01-10").Placement("HOME", "2024-01-10").Review("2024-02-10");
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-1", child).at(0).stop->on, Day("2024-02-10"));
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-n", child).at(0).due, Day("2025-02-10"));
  EXPECT_TRUE(RunsOf("sco-lac-review-1", child).empty());
}

TEST(OrderAtHome, IsLookedAtTwoYearsAfterTheLaterOfOrderAndHome) {
  const auto home_first = InScotland()
                              .CareStarts("2022-01-10")
                              .Placement("HOME", "2022-01-10")
                              .LegalStatus("CSO", "2022-03-01");
  const auto runs = RunsOf("pace-aim-1", home_first);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].start, Day("2022-03-01"));
  EXPECT_EQ(runs[0].entry, EntryNamed("legal status 2022-03-01"));
  EXPECT_EQ(runs[0].due, Day("2024-03-01"));
  EXPECT_EQ(runs[0].lead_days, 42);
  const auto order_first = InScotland()
                               .CareStarts("2022-01-10")
                               .Placement("FOST_LA", "2022-01-10", "2022-06-01")
                               .Placement("HOME", "2022-06-01")
                               .LegalStatus("CSO", "2022-03-01");
  EXPECT_EQ(RunsOf("pace-aim-1", order_first).at(0).due, Day("2024-06-01"));
}

TEST(OrderAtHome, StopsAtAReviewOfTheOrderAndStartsAgainFromIt) {
  const auto child = InScotland()
                         .CareStarts("2020-01-10")
                         .Placement("HOME", "2020-01-10")
                         .LegalStatus("CSO", "2020-01-10")
                         .Review("2021-01-10", "looked_after")
                         .Review("2021-12-15", "at_home")
                         .Review("2023-10-01", "peer");
  const auto runs = RunsOf("pace-aim-1", child);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].stop->on, Day("2021-12-15"));
  EXPECT_EQ(runs[1].start, Day("2021-12-15"));
  EXPECT_EQ(runs[1].due, Day("2023-12-15"));
  EXPECT_EQ(runs[1].stop->on, Day("2023-10-01"));
  EXPECT_EQ(runs[2].due, Day("2025-10-01"));
  EXPECT_FALSE(runs[2].of_reviews) << "an aim is no review that the law asks for";
}

TEST(OrderAtHome, EndsWithTheOrderOrTheHome) {
  const auto order = InScotland()
                         .CareStarts("2022-01-10")
                         .Placement("HOME", "2022-01-10")
                         .LegalStatus("CSO", "2022-03-01", "2023-03-01");
  EXPECT_EQ(RunsOf("pace-aim-1", order).at(0).stop->event, StopEvent::kOrderEnded);
  const auto home = InScotland()
                        .CareStarts("2022-01-10")
                        .Placement("HOME", "2022-01-10", "2022-12-01")
                        .Placement("KINSHIP", "2022-12-01")
                        .LegalStatus("CSO", "2022-03-01");
  EXPECT_EQ(RunsOf("pace-aim-1", home).at(0).stop->event, StopEvent::kPlacementEnded);
  EXPECT_EQ(RunsOf("pace-aim-1", home).at(0).stop->on, Day("2022-12-01"));
}

TEST(PracticeAim, IsTheAuthoritysOwnWhereItStatesOne) {
  const auto child = InScotland()
                         .CareStarts("2022-01-10")
                         .Placement("HOME", "2022-01-10")
                         .LegalStatus("CSO", "2022-01-10");
  const std::vector<StatedAim> aims{{.clock = "pace-aim-1",
                                     .limit = *LimitFromText("18mo"),
                                     .lead_days = 14,
                                     .from = Day("2023-01-01")}};
  const auto runs = RunsOf("pace-aim-1", child, LiveSince("2000-01-01"), aims);
  EXPECT_EQ(runs.at(0).due, Day("2023-07-10"));
  EXPECT_EQ(runs.at(0).lead_days, 14);
}

TEST(PracticeAim, ThatHadStoppedBeforeTheStatementKeepsTheLimitItHad) {
  const auto child = InScotland()
                         .CareStarts("2020-01-10")
                         .Placement("HOME", "2020-01-10", "2022-12-31")
                         .LegalStatus("CSO", "2020-01-10");
  const std::vector<StatedAim> aims{{.clock = "pace-aim-1",
                                     .limit = *LimitFromText("12mo"),
                                     .lead_days = {},
                                     .from = Day("2023-01-01")}};
  EXPECT_EQ(RunsOf("pace-aim-1", child, LiveSince("2000-01-01"), aims).at(0).due,
            Day("2022-01-10"));
}

TEST(PracticeAim, WithoutANumberOfItsOwnRunsOnlyWhereOneIsStated) {
  const auto child = InScotland()
                         .CareStarts("2024-01-10")
                         .Placement("HOME", "2024-01-10")
                         .Review("2024-03-10", "peer");
  EXPECT_TRUE(RunsOf("home-review-6m", child).empty());
  const std::vector<StatedAim> aims{{.clock = "home-review-6m",
                                     .limit = *LimitFromText("6mo"),
                                     .lead_days = {},
                                     .from = Day("2020-01-01")}};
  const auto runs = RunsOf("home-review-6m", child, LiveSince("2000-01-01"), aims);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[1].due, Day("2024-09-10"));
}

TEST(Law, IsNeverOverriddenByAnAuthority) {
  const auto child = InScotland().CareStarts("2024-01-10").Placement("KINSHIP", "2024-01-10");
  const std::vector<StatedAim> aims{{.clock = "sco-lac-review-1",
                                     .limit = *LimitFromText("26wk"),
                                     .lead_days = {},
                                     .from = Day("2020-01-01")}};
  EXPECT_EQ(RunsOf("sco-lac-review-1", child, LiveSince("2000-01-01"), aims).at(0).due,
            Day("2024-02-21"));
}

TEST(Nations, KeepTheirOwnLaw) {
  EXPECT_TRUE(RunsOf("eng-review-1", InScotland().CareStarts("2024-01-10")).empty());
  EXPECT_TRUE(RunsOf("sco-lac-review-1",
                     ChildInTests().CareStarts("2024-01-10").Placement("FOST_LA", "2024-01-10"))
                  .empty());
}

TEST(LimitFromText, ReadsMonthsWeeksAndDaysAndNothingElse) {
  EXPECT_EQ(LimitFromText("18mo")->unit, LimitUnit::kMonths);
  EXPECT_EQ(LimitFromText("14wk")->count, 14);
  EXPECT_EQ(LimitFromText("28d")->unit, LimitUnit::kDays);
  for (const char* bad : {"", "18", "mo", "0d", "-3d", "18 mo", "18months", "99999d"})
    EXPECT_FALSE(LimitFromText(bad)) << bad;
}

// Reg 44(5) and (6): an interval that is agreed takes the place of the 12 months from then.
TEST(AgreedInterval, TakesThePlaceOfTheLimitAtHome) {
  struct Row {
    const char* agreed;
    const char* interval;
    const char* due;
  };
  const Row rows[] = {
      {"2024-03-01", "6mo", "2024-09-01"},  // at the review itself
      {"2024-05-01", "9mo", "2024-12-01"},  // between reviews
      {"2024-11-15", "6mo", "2024-11-15"},  // makes nothing late that was not
      {"2024-03-01", "18mo", "2025-09-01"},
      {"2024-01-10", "10wk", "2024-05-10"},  // on the first day at home
      {"2023-12-31", "6mo", "2025-03-01"},   // before it: of another arrangement
  };
  for (const auto& row : rows) {
    const auto child = InScotland()
                           .CareStarts("2023-06-01")
                           .Placement("HOME", "2024-01-10")
                           .Review("2024-03-01")
                           .Happens(EntryKind::kReviewInterval, row.agreed, row.interval);
    const auto run = RunsOf("sco-lac-review-home-default-n", child).at(0);
    const CivilDate due = Day(row.due);
    EXPECT_EQ(run.due, due) << row.agreed << " " << row.interval;
    EXPECT_EQ(StateOn(run, due), AlertState::kDue);
    EXPECT_EQ(StateOn(run, due.PlusDays(1)), AlertState::kOverdue) << "first day late";
  }
}

TEST(AgreedInterval, OfAnotherDayMovesTheLastDayAndWithoutOneTheYearStands) {
  auto child = InScotland()
                   .CareStarts("2024-01-10")
                   .Placement("HOME", "2024-01-10")
                   .Review("2024-03-01");
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-n", child).at(0).due, Day("2025-03-01"));
  child.Happens(EntryKind::kReviewInterval, "2024-11-15", "6mo");
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-n", child).at(0).due, Day("2024-11-15"));
  child.history().happenings.back().on = Day("2024-05-15");  // corrected
  const auto run = RunsOf("sco-lac-review-home-default-n", child).at(0);
  EXPECT_EQ(run.due, Day("2024-09-01"));
  EXPECT_EQ(Explain(run, ShippedPolicies()).notes,
            std::vector<std::string>{
                "the interval is as agreed with child and carer on 2024-05-15"});
}

TEST(AgreedInterval, IsOfTheFirstReviewTooAndChangesNoClockThatHadStopped) {
  auto child = InScotland().CareStarts("2024-01-10").Placement("HOME", "2024-01-10");
  child.Happens(EntryKind::kReviewInterval, "2024-01-15", "4mo");
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-1", child).at(0).due, Day("2024-05-10"));
  child.Review("2024-02-01").Happens(EntryKind::kReviewInterval, "2024-02-01", "6mo");
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-1", child).at(0).due, Day("2024-05-10"));
  EXPECT_EQ(RunsOf("sco-lac-review-home-default-n", child).at(0).due, Day("2024-08-01"));
  EXPECT_EQ(RunsOf("sco-lac-review-n", child).size(), 0u);
}

TEST(DiscrepancyResolve, RunsFromTheDayItOpenedUntilAPersonHasDecided) {
  for (const char* nation : {"scotland", "england"}) {
    ChildInTests child(nation);
    Discrepancy discrepancy{.kind = "differs", .facts = {}, .key_day = {}, .detail = {}};
    discrepancy.id = {HashId("test", {"discrepancy"})};
    discrepancy.opened = Day("2026-03-01");
    child.history().discrepancies = {discrepancy};
    const auto run = RunsOf("discrepancy-resolve", child, {}).at(0);
    EXPECT_EQ(run.due, Day("2026-03-29")) << nation;
    EXPECT_EQ(run.due, discrepancy.Due());
    EXPECT_EQ(run.entry.bytes, discrepancy.id.bytes);
    EXPECT_EQ(run.confidence, Confidence::kFromUnsureKnowledge);
    EXPECT_EQ(StateOn(run, Day("2026-03-21")), std::nullopt);
    EXPECT_EQ(StateOn(run, Day("2026-03-22")), AlertState::kUpcoming) << "7 lead days";
    EXPECT_EQ(StateOn(run, Day("2026-03-29")), AlertState::kDue) << "last permitted day";
    EXPECT_EQ(StateOn(run, Day("2026-03-30")), AlertState::kOverdue) << "no source need cover it";
    child.history().discrepancies[0].resolved = true;
    child.history().discrepancies[0].resolved_on = Day("2026-03-25");
    const auto decided = RunsOf("discrepancy-resolve", child).at(0);
    EXPECT_EQ(decided.stop->on, Day("2026-03-25"));
    EXPECT_EQ(decided.stop->event, StopEvent::kDiscrepancyResolved);
    child.history().discrepancies[0].opened = Day("2026-03-27");  // a version came later
    EXPECT_EQ(RunsOf("discrepancy-resolve", child).at(0).due, Day("2026-04-24"));
    child.history().discrepancies.clear();
    EXPECT_TRUE(RunsOf("discrepancy-resolve", child).empty()) << "gone";
  }
}

}  // namespace
}  // namespace holdfast
