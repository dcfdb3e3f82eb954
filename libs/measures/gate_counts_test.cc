// How often what was recommended is what was decided, on small lives with worked-out answers.
#include "libs/measures/gate_counts.h"

#include <gtest/gtest.h>

#include "libs/measures/child_of_a_year.h"

namespace holdfast {
namespace {

constexpr char kYear[] = "2024-07-31";

ChildOfAYear Decided(std::string_view panel, std::string_view decision) {
  ChildOfAYear child;
  child.InCare("2023-03-01")
      .Happens(EntryKind::kRecommendation, "2023-09-01", "permanence_order")
      .Happens(EntryKind::kPanel, "2023-10-01", panel)
      .Happens(EntryKind::kAgencyDecision, "2023-10-11", decision);
  return child;
}

TEST(DecisionsAsRecommended, AreAShareWithItsGates) {
  const auto figure = FigureOf("decisions_as_recommended",
                               {Decided("permanence_order", "permanence_order"),
                                Decided("adoption", "adoption"), Decided("adoption", "kinship")},
                               kYear);
  EXPECT_EQ(figure.value, 0.5);
  EXPECT_EQ(figure.numerator, 3u);
  EXPECT_EQ(figure.denominator, 6u);
  EXPECT_EQ(figure.unknown, 3u) << "reviews that had no plan before them";
  EXPECT_EQ(PartsOf(figure),
            "gate agency_decision as_recommended 2\ngate agency_decision decided 3\n"
            "gate agency_decision median_days 10\ngate agency_decision share 0.666667\n"
            "gate panel as_recommended 1\ngate panel decided 3\n"
            "gate panel median_days 30\ngate panel share 0.333333\n");
}

TEST(DecisionsAsRecommended, AreThoseOfTheYearAndNothingOverZero) {
  const auto figure =
      FigureOf("decisions_as_recommended", {Decided("adoption", "adoption")}, "2023-07-31");
  EXPECT_EQ(figure.value, std::nullopt);
  EXPECT_EQ(figure.denominator, 0u);
  EXPECT_EQ(figure.unknown, 0u);
  EXPECT_EQ(PartsOf(figure), "");
}

TEST(DecisionsAsRecommended, OfNoStatedRouteAreUnknownAndDisputedOnesCountBeside) {
  const auto blank = FigureOf("decisions_as_recommended", {Decided("adoption", "")}, kYear);
  EXPECT_EQ(blank.denominator, 1u);
  EXPECT_EQ(blank.unknown, 2u) << "the review and the agency decision";
  auto disputed = Decided("adoption", "adoption");
  disputed.LastIsDisputed();
  EXPECT_EQ(FigureOf("decisions_as_recommended", {disputed}, kYear).disputed, 1u);
}

}  // namespace
}  // namespace holdfast
