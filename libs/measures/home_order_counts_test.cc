// Children at home under an order, on small lives with worked-out answers.
#include "libs/measures/home_order_counts.h"

#include <gtest/gtest.h>

#include "libs/measures/child_of_a_year.h"

namespace holdfast {
namespace {

constexpr char kYear[] = "2024-07-31";

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
  const auto figure =
      FigureOf("home_order_days", {reviewed, too_early, another_kind, AtHome("2022-08-01")}, kYear);
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
