// The clocks on the way to a permanent home, from first days away from home to the court's
// decision.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_calendar.h"
#include "libs/policy/child_in_tests.h"
#include "libs/policy/explain.h"

namespace holdfast {
namespace {

ChildInTests InScotland() { return ChildInTests("scotland"); }

std::vector<StatedAim> Stated(std::string_view clock, std::string_view limit) {
  return {{.clock = std::string(clock),
           .limit = *LimitFromText(limit),
           .lead_days = {},
           .from = Day("2000-01-01")}};
}

TEST(PaceAim2, IsDueSixMonthsAfterTheFirstDayAwayFromHomeWhateverTheMoves) {
  const auto child = InScotland()
                         .CareStarts("2023-08-31")
                         .Placement("FOST_LA", "2023-08-31", "2023-11-01")
                         .Placement("KINSHIP", "2023-11-01");
  const auto runs = RunsOf("pace-aim-2", child);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].due, Day("2024-02-29")) << "February has no 31st: its last day";
  EXPECT_EQ(*StateOn(runs[0], Day("2024-02-29")), AlertState::kDue);
  EXPECT_EQ(*StateOn(runs[0], Day("2024-03-01")), AlertState::kOverdue);
}

TEST(PaceAim2, StopsAtARecommendationAndStartsAgainAfterHome) {
  const auto child = InScotland()
                         .CareStarts("2023-01-10")
                         .Placement("FOST_LA", "2023-01-10", "2023-06-01")
                         .Placement("HOME", "2023-06-01", "2023-09-01")
                         .Placement("OTH_RES", "2023-09-01")
                         .Happens(EntryKind::kRecommendation, "2023-12-01", "kinship");
  const auto runs = RunsOf("pace-aim-2", child);
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].stop->event, StopEvent::kPlacementEnded);
  EXPECT_EQ(runs[1].start, Day("2023-09-01"));
  EXPECT_EQ(runs[1].stop->on, Day("2023-12-01"));
  EXPECT_EQ(runs[1].stop->event, StopEvent::kRecommendation);
}

TEST(PaceAim2, MovesWithTheFirstDayAway) {
  const auto before = InScotland().CareStarts("2024-01-10").Placement("KINSHIP", "2024-01-10");
  const auto after = InScotland().CareStarts("2024-01-10").Placement("KINSHIP", "2024-01-15");
  EXPECT_EQ(RunsOf("pace-aim-2", before).at(0).due, Day("2024-07-10"));
  EXPECT_EQ(RunsOf("pace-aim-2", after).at(0).due, Day("2024-07-15"));
}

TEST(PaceAims3And4, RunWhereAnAuthorityStatesThemAlone) {
  const auto child = InScotland()
                         .CareStarts("2023-01-10")
                         .Happens(EntryKind::kRecommendation, "2023-06-01", "permanence_order")
                         .Happens(EntryKind::kAgencyDecision, "2023-09-01")
                         .Proceeds(EntryKind::kApplication, "2023-12-20", "PO");
  EXPECT_TRUE(RunsOf("pace-aim-3", child).empty());
  const auto decision =
      RunsOf("pace-aim-3", child, LiveSince("2000-01-01"), Stated("pace-aim-3", "14wk"));
  ASSERT_EQ(decision.size(), 1u);
  EXPECT_EQ(decision[0].due, Day("2023-09-07"));
  EXPECT_EQ(decision[0].stop->on, Day("2023-09-01"));
  EXPECT_EQ(ConfidenceMark(decision[0].confidence), "K-low");
  const auto court =
      RunsOf("pace-aim-4", child, LiveSince("2000-01-01"), Stated("pace-aim-4", "16wk"));
  ASSERT_EQ(court.size(), 1u);
  EXPECT_EQ(court[0].due, Day("2023-12-22"));
  EXPECT_EQ(court[0].stop->event, StopEvent::kApplicationLodged);
}

TEST(SafeguardersReport, IsDueThirtyFiveDaysAfterTheAppointment) {
  const auto runs = RunsOf("sco-safeguarder-report-35d",
                           InScotland().Proceeds(EntryKind::kSafeguarder, "2024-02-01"));
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].due, Day("2024-03-07"));
  EXPECT_EQ(runs[0].lead_days, 7);
  EXPECT_EQ(*StateOn(runs[0], Day("2024-03-07")), AlertState::kDue);
  EXPECT_EQ(*StateOn(runs[0], Day("2024-03-08")), AlertState::kOverdue);
  const auto reported =
      RunsOf("sco-safeguarder-report-35d",
             InScotland().Proceeds(EntryKind::kSafeguarder, "2024-02-01", "", "2024-03-10"));
  EXPECT_EQ(reported.at(0).stop->on, Day("2024-03-10"));
}

TEST(CareProceedings, AreDueTwentySixWeeksCountedWithTheDayOfIssue) {
  const auto child = ChildInTests()
                         .CareStarts("2024-01-02")
                         .Proceeds(EntryKind::kApplication, "2024-01-04", "CARE")
                         .Issued("2024-01-05");
  const auto runs = RunsOf("eng-care-26w", child);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].due, Day("2024-07-04")) << "182 days, the first being that of issue";
  EXPECT_EQ(*StateOn(runs[0], Day("2024-07-04")), AlertState::kDue);
  EXPECT_EQ(*StateOn(runs[0], Day("2024-07-05")), AlertState::kOverdue);
}

TEST(CareProceedings, AreExtendedByTheCourtAndStopWhenDisposedOf) {
  const auto extended = ChildInTests()
                            .CareStarts("2024-01-02")
                            .Proceeds(EntryKind::kApplication, "2024-01-04", "SUPERVISION")
                            .Issued("2024-01-05", "2024-08-29");
  EXPECT_EQ(RunsOf("eng-care-26w", extended).at(0).due, Day("2024-08-29"));
  const auto disposed = ChildInTests()
                            .Proceeds(EntryKind::kApplication, "2024-01-04", "CARE", "2024-06-30")
                            .Issued("2024-01-05");
  EXPECT_EQ(RunsOf("eng-care-26w", disposed).at(0).stop->event, StopEvent::kApplicationDisposed);
}

// Section 32(8): each extension is of at most 8 weeks from the end of the period that it extends.
TEST(CareProceedings, NoteAnExtensionOfMoreThanEightWeeks) {
  struct Row {
    std::vector<CivilDate> untils;
    std::vector<std::string> notes;
  };
  const std::string more = ", more than 56 days past the last permitted day of then, ";
  const Row rows[] = {
      {{Day("2024-08-29")}, {}},  // 2024-07-04 and 56 days
      {{Day("2024-08-30")}, {"extended to 2024-08-30" + more + "2024-07-04"}},
      {{Day("2024-08-29"), Day("2024-10-24")}, {}},
      {{Day("2024-08-29"), Day("2024-10-25")}, {"extended to 2024-10-25" + more + "2024-08-29"}},
  };
  for (const auto& row : rows) {
    auto child = ChildInTests()
                     .CareStarts("2024-01-02")
                     .Proceeds(EntryKind::kApplication, "2024-01-03", "CARE")
                     .Issued("2024-01-05", row.untils.back().Iso());
    child.history().proceedings.back().untils = row.untils;
    const auto runs = RunsOf("eng-care-26w", child);
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs[0].due, row.untils.back());
    EXPECT_EQ(Explain(runs[0], ShippedPolicies()).notes, row.notes);
    const auto items =
        CalendarOf(child.history(), runs, ShippedPolicies(), row.untils.back().PlusDays(-1));
    ASSERT_EQ(items.size(), 1u);
    for (const auto& note : row.notes) EXPECT_TRUE(items[0].why.ends_with("; " + note));
  }
}

TEST(CareProceedings, RunForNoOtherApplicationAndNoneThatWasNotIssued) {
  const auto child = ChildInTests()
                         .Proceeds(EntryKind::kApplication, "2024-01-04", "CARE")
                         .Proceeds(EntryKind::kApplication, "2024-02-01", "PLACEMENT")
                         .Issued("2024-02-02");
  EXPECT_TRUE(RunsOf("eng-care-26w", child).empty());
}

TEST(PlanAtTheSecondReview, IsDueWithItAndLateOnceItWasHeldWithoutOne) {
  const auto child =
      ChildInTests().CareStarts("2024-01-02").Review("2024-01-25").Review("2024-04-10");
  const auto runs = RunsOf("eng-permanence-plan-2nd-review", child);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].due, Day("2024-04-10")) << "the second review held, before 25 April";
  EXPECT_EQ(*StateOn(runs[0], Day("2024-04-10")), AlertState::kDue);
  EXPECT_EQ(*StateOn(runs[0], Day("2024-04-11")), AlertState::kOverdue);
  const auto not_held = ChildInTests().CareStarts("2024-01-02").Review("2024-01-25");
  EXPECT_EQ(RunsOf("eng-permanence-plan-2nd-review", not_held).at(0).due, Day("2024-04-25"));
}

TEST(PlanAtTheSecondReview, StopsAtAPlanAlsoAtOneThatWasThereBefore) {
  const auto later = ChildInTests()
                         .CareStarts("2024-01-02")
                         .Review("2024-01-25")
                         .Review("2024-04-10")
                         .Plans("adoption", "2024-04-10");
  EXPECT_EQ(RunsOf("eng-permanence-plan-2nd-review", later).at(0).stop->on, Day("2024-04-10"));
  const auto before =
      ChildInTests().CareStarts("2024-01-02").Review("2024-01-25").Plans("home", "2024-01-10");
  const auto runs = RunsOf("eng-permanence-plan-2nd-review", before);
  EXPECT_EQ(runs.at(0).stop->on, Day("2024-01-25"));
  EXPECT_EQ(runs.at(0).stop->event, StopEvent::kPlan);
}

}  // namespace
}  // namespace holdfast
