// Hearings, interim orders and orders at home of a year, on small lives with worked-out answers.
#include "libs/measures/order_counts.h"

#include <gtest/gtest.h>

#include "libs/measures/child_of_a_year.h"

namespace holdfast {
namespace {

constexpr char kYear[] = "2024-07-31";

TEST(HearingsPerChild, AreThoseThatTookPlaceOverChildrenWithOneOrUnderAnOrder) {
  ChildOfAYear often;
  often.InCare("2023-03-01")
      .Order("CSO", "2023-03-01", "2024-02-29")
      .Hearing("2023-07-31", HearingState::kHeld)
      .Hearing("2023-08-01", HearingState::kContinued)
      .Hearing("2023-09-01", HearingState::kHeld)
      .Hearing("2024-02-01", HearingState::kCancelled)
      .Hearing("2024-03-01", HearingState::kHeld)
      .Hearing("2024-07-20", HearingState::kPlanned);
  ChildOfAYear never;
  never.InCare("2023-03-01").Order("CSO", "2023-03-01");
  const auto figure = FigureOf("hearings_per_child", {often, never}, kYear);
  EXPECT_EQ(figure.value, 1.5);
  EXPECT_EQ(figure.numerator, 3u);
  EXPECT_EQ(figure.denominator, 2u);
  EXPECT_EQ(figure.excluded, 1u);
  EXPECT_EQ(figure.unknown, 1u) << "its day is past, and nobody states what became of it";
  EXPECT_EQ(PartsOf(figure), "continued 1\ncontinued_share 0.333333\nheld 2\n");
}

TEST(HearingsPerChild, HaveNoChildWhoseOrderWasOverOrWhoWasNoLongerLookedAfter) {
  ChildOfAYear over;
  over.InCare("2022-03-01").Order("CSO", "2022-03-01", "2023-07-31");
  ChildOfAYear adopted;
  adopted.InCare("2022-03-01", "2023-06-01").Order("ADOPTION", "2023-06-01");
  const auto figure = FigureOf("hearings_per_child", {over, adopted}, kYear);
  EXPECT_EQ(figure.value, std::nullopt);
  EXPECT_EQ(figure.denominator, 0u);
  EXPECT_EQ(FigureOf("hearings_per_child", {over, adopted}, "2023-07-31").denominator, 2u);
}

TEST(HearingsPerChild, AreDisputedWhileSourcesDisagreeAboutThem) {
  ChildOfAYear child;
  child.Hearing("2024-03-01", HearingState::kHeld).history().discrepancies.push_back(
      {.kind = "differs", .facts = child.history().proceedings.back().facts});
  EXPECT_EQ(FigureOf("hearings_per_child", {child}, kYear).disputed, 1u);
}

TEST(InterimRuns, AreConsecutiveOrdersCountedInDaysFirstAndLastIncluded) {
  ChildOfAYear child;
  child.Order("ICSO", "2023-09-01", "2023-09-22")
      .Order("ICSO", "2023-09-23", "2023-10-14")   // the day after the last
      .Order("IVCSO", "2023-10-10", "2023-10-20")  // within
      .Order("ICSO", "2023-11-01", "2023-11-22");  // a new run
  const auto figure = FigureOf("interim_runs", {child}, kYear);
  EXPECT_EQ(figure.denominator, 2u);
  EXPECT_EQ(figure.value, 36.0) << "the mean of 50 and 22";
  EXPECT_EQ(PartsOf(figure), "longest 50\nmedian 36\nnumber 2\nopen 0\nover_66_days 0\n");
}

TEST(InterimRuns, EndWithALastingOrderOrCareAndAreOpenOtherwise) {
  ChildOfAYear replaced;
  replaced.Order("ICSO", "2023-09-01", "2023-09-22").Order("CSO", "2023-09-11");
  EXPECT_EQ(FigureOf("interim_runs", {replaced}, kYear).value, 10.0);
  ChildOfAYear left("england");
  left.InCare("2023-09-01", "2023-09-21").Order("INTERIM_CARE", "2023-09-01");
  EXPECT_EQ(FigureOf("interim_runs", {left}, "2024-03-31").value, 20.0);
  ChildOfAYear open;
  open.InCare("2024-05-01").Order("ICSO", "2024-05-01");
  EXPECT_EQ(PartsOf(FigureOf("interim_runs", {open}, kYear)),
            "longest 92\nmedian 92\nnumber 1\nopen 1\nover_66_days 1\n");
  EXPECT_EQ(FigureOf("interim_runs", {open}, "2023-07-31").value, std::nullopt);
}

TEST(InterimRuns, AreOfEachYearThatHoldsADayOfThem) {
  ChildOfAYear child;
  child.Order("ICSO", "2023-07-20", "2023-08-10");
  EXPECT_EQ(FigureOf("interim_runs", {child}, "2023-07-31").value, 12.0);
  EXPECT_EQ(FigureOf("interim_runs", {child}, kYear).value, 22.0);
  EXPECT_EQ(FigureOf("interim_runs", {child}, "2025-07-31").denominator, 0u);
}

TEST(InterimRuns, MadeOnAnUnknownDayAreUnknownAndDisagreementsCountBeside) {
  ChildOfAYear by;
  by.Order("ICSO", "2023-09-01", "2023-09-22").history().happenings.back().on_known = false;
  EXPECT_EQ(FigureOf("interim_runs", {by}, kYear).unknown, 1u);
  EXPECT_EQ(FigureOf("interim_runs", {by}, kYear).denominator, 0u);
  ChildOfAYear disputed;
  disputed.Order("ICSO", "2023-09-01", "2023-09-22").LastIsDisputed();
  EXPECT_EQ(FigureOf("interim_runs", {disputed}, kYear).disputed, 1u);
}

ChildOfAYear AtHome(std::string_view since) {
  ChildOfAYear child;
  child.InCare(since).Order("CSO", since).Placement("HOME", since);
  return child;
}

TEST(HomeOrderDays, RunFromTheLaterOfTheOrderAndHomeToTheEndOfTheYear) {
  ChildOfAYear moved_home;
  moved_home.InCare("2023-01-01")
      .Order("CSO", "2023-01-01")
      .Placement("KINSHIP", "2023-01-01", "2024-07-01")
      .Placement("HOME", "2024-07-01");
  ChildOfAYear away;
  away.InCare("2020-01-01").Order("CSO", "2020-01-01").Placement("FOST_LA", "2020-01-01");
  ChildOfAYear no_order;
  no_order.InCare("2020-01-01").Placement("HOME", "2020-01-01");
  const auto figure =
      FigureOf("home_order_days", {moved_home, AtHome("2024-06-01"), away, no_order}, kYear);
  EXPECT_EQ(figure.denominator, 2u);
  EXPECT_EQ(figure.value, 45.0) << "the mean of 30 and 60";
}

TEST(HomeOrderDays, TellThoseOverTwoYearsAndWhetherTheyWereReviewedSince) {
  auto reviewed = AtHome("2021-01-01");
  reviewed.Review("2023-01-02", "at_home");
  auto too_early = AtHome("2021-01-01");
  too_early.Review("2023-01-01", "peer");
  auto another_kind = AtHome("2021-01-01");
  another_kind.Review("2024-01-01", "looked_after");
  const auto figure = FigureOf(
      "home_order_days", {reviewed, too_early, another_kind, AtHome("2022-08-01")}, kYear);
  EXPECT_EQ(PartsOf(figure),
            "over_2_years 3\nreviewed_after_2_years 1\nreviewed_after_2_years_share 0.333333\n")
      << "730 days are not over two years";
}

TEST(HomeOrderDays, AreUnknownWithoutAKnownStartAndDisputedWhereSourcesDisagreeAboutIt) {
  auto by = AtHome("2023-01-01");
  by.history().happenings.back().on_known = false;
  EXPECT_EQ(FigureOf("home_order_days", {by}, kYear).unknown, 1u);
  EXPECT_EQ(FigureOf("home_order_days", {by}, kYear).denominator, 0u);
  auto disputed = AtHome("2023-01-01");
  disputed.LastIsDisputed();
  EXPECT_EQ(FigureOf("home_order_days", {disputed}, kYear).disputed, 1u);
}

TEST(HomeOrderDays, InEnglandAreWithParentsUnderACareOrderOrItsStatus) {
  ChildOfAYear status("england");
  status.InCare("2024-01-01").LegalStatus("C2", "2024-01-01").Placement("P1", "2024-01-01");
  ChildOfAYear agreed("england");
  agreed.InCare("2024-01-01").LegalStatus("V2", "2024-01-01").Placement("P1", "2024-01-01");
  const auto figure = FigureOf("home_order_days", {status, agreed}, "2024-03-31");
  EXPECT_EQ(figure.denominator, 1u);
  EXPECT_EQ(figure.value, 90.0);
  EXPECT_EQ(figure.unknown, 0u);
}

}  // namespace
}  // namespace holdfast
