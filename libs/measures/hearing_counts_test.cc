// Hearings of a year, on small lives with worked-out answers.
#include "libs/measures/hearing_counts.h"

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
  child.Hearing("2024-03-01", HearingState::kHeld)
      .history()
      .discrepancies.push_back(
          {.kind = "differs", .facts = child.history().proceedings.back().facts});
  EXPECT_EQ(FigureOf("hearings_per_child", {child}, kYear).disputed, 1u);
}

}  // namespace
}  // namespace holdfast
