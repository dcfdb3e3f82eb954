// Runs of interim orders, on small lives with worked-out answers.
#include "libs/measures/interim_run_counts.h"

#include <gtest/gtest.h>

#include "libs/measures/child_of_a_year.h"

namespace holdfast {
namespace {

constexpr char kYear[] = "2024-07-31";

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

}  // namespace
}  // namespace holdfast
