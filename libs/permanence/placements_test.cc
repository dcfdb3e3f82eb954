// Rule 7 of the import: placements, legal statuses, orders and the path to adoption.
#include <gtest/gtest.h>

#include "libs/testing/child_of_returns.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

TEST(Placement, IsBegunByP_ChangedByT_AndKeptByL) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "S", "C2", "U6").Until("2019-06-01", "X1"))
                     .Has(Episode("2019-06-01", "T", "C2", "U4").Until("2019-07-01", "X1"))
                     .Has(Episode("2019-07-01", "L", "E1", "U4").Until("2019-08-01", "X1"))
                     .Has(Episode("2019-08-01", "P", "E1", "A3"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to 2019-08-01 U4", "2019-08-01 to open A3"}));
  const auto& first = history.care_periods.at(0).placements.at(0);
  EXPECT_EQ(first.places,
            (std::vector<PlaceFrom>{{Day("2019-05-01"), "U6"}, {Day("2019-06-01"), "U4"}}));
}

TEST(Placement, IsChangedByU) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "S", "C2", "U6").Until("2019-06-01", "X1"))
                     .Has(Episode("2019-06-01", "U", "E1", "U5"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to open U5"}));
  EXPECT_EQ(LegalStatusesOf(history),
            (Lines{"2019-05-01 to 2019-06-01 C2", "2019-06-01 to open E1"}));
}

TEST(Placement, BegunByARowThatDoesNotTouchHasAKnownStartOnlyWithSPOrB) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01", "S").Until("2019-06-01", "X1"))
                                      .Has(Episode("2019-06-10", "L").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-07-10", "B").Until("2019-08-01", "X1"))
                                      .Has(Episode("2019-08-10", "T"))});
  EXPECT_EQ(PlacementsOf(history),
            (Lines{"2019-05-01 to 2019-06-01 U6", "~2019-06-10 to 2019-07-01 U6",
                   "2019-07-10 to 2019-08-01 U6", "~2019-08-10 to open U6"}));
}

TEST(Placement, OfContradictingValuesTakesItsIdentityFromRneAndItsPlaceFromTheValues) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "S", "C2", "U6").Until("2019-06-01", "X1"))
                     .Has(Episode("2019-06-01", "L", "C2", "K2"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to open K2"}));
  EXPECT_EQ(LegalStatusesOf(history), (Lines{"2019-05-01 to open C2"}));
}

TEST(LegalStatus, IsOneOverTouchingRowsAndAcrossTouchingCarePeriods) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "S", "V2").Until("2019-06-01", "E4A"))
                     .Has(Episode("2019-06-01", "S", "V2").Until("2019-07-01", "X1"))
                     .Has(Episode("2019-07-01", "L", "C1"))});
  EXPECT_EQ(history.care_periods.size(), 2u);
  EXPECT_EQ(LegalStatusesOf(history),
            (Lines{"2019-05-01 to 2019-07-01 V2", "2019-07-01 to open C1"}));
}

TEST(LegalStatus, IsTwoOverAGapAndItsStartIsKnownWithSLBOrU) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "U", "V2").Until("2019-06-01", "X1"))
                     .Has(Episode("2019-06-10", "P", "V2").Until("2019-07-01", "X1"))
                     .Has(Episode("2019-07-01", "P", "C2"))});
  EXPECT_EQ(LegalStatusesOf(history),
            (Lines{"2019-05-01 to 2019-06-01 V2", "~2019-06-10 to 2019-07-01 V2",
                   "~2019-07-01 to open C2"}));
}

TEST(Order, IsMadeOnTheStatedEndWithTheReasonOfTheRow) {
  const auto order_of = [](const char* rec) {
    const auto history =
        HistoryOf({Return(2020).Has(Episode("2019-05-01").Until("2019-06-01", rec))});
    return HappeningsOf(history);
  };
  EXPECT_EQ(order_of("E11"), (Lines{"2019-06-01 order ADOPTION"}));
  EXPECT_EQ(order_of("E12"), (Lines{"2019-06-01 order ADOPTION"}));
  EXPECT_EQ(order_of("E41"), (Lines{"2019-06-01 order CHILD_ARRANGEMENTS"}));
  for (const char* rec : {"E43", "E44", "E45", "E46", "E47", "E48"}) {
    EXPECT_EQ(order_of(rec), (Lines{"2019-06-01 order SPECIAL_GUARDIANSHIP"})) << rec;
  }
  EXPECT_EQ(order_of("E4A"), Lines{});
  EXPECT_EQ(order_of("X1"), Lines{});
}

TEST(Order, IsDisputedOfACutRowAndKeepsItsStatedDay) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "E11"))
                                      .Has(Episode("2019-07-01", "P"))});
  EXPECT_EQ(HappeningsOf(history), (Lines{"2019-09-01 order ADOPTION disputed"}));
}

TEST(Order, IsNotSaidByARowThatTheHistoryLeavesOut) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "X1"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-07-01", "E11"))});
  EXPECT_EQ(HappeningsOf(history), Lines{});
}

TEST(PathToAdoption, GoesFromDecisionOverMatchAndOrderToPlacement) {
  const auto history =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01", "S", "C2", "U6").Until("2019-08-01", "X1"))
                     .Has(Episode("2019-08-01", "L", "E1", "U6").Until("2019-10-01", "X1"))
                     .Has(Episode("2019-10-01", "P", "E1", "A5"))
                     .Has(DecisionOn("2019-06-01"))
                     .Has(MatchOn("2019-06-01", "2019-09-01"))});
  EXPECT_EQ(HappeningsOf(history),
            (Lines{"2019-06-01 agency_decision", "2019-08-01 order PLACEMENT", "2019-09-01 match",
                   "2019-10-01 placed_for_adoption"}));
}

TEST(PathToAdoption, HasStepsOnOrBeforeADayWhereTheRowDoesNotBeginThem) {
  const auto history = HistoryOf({Return(2020).Has(Episode("2019-10-01", "L", "E1", "A5"))});
  EXPECT_EQ(HappeningsOf(history),
            (Lines{"~2019-10-01 placed_for_adoption", "2019-10-01 order PLACEMENT"}));
  const auto moved = HistoryOf({Return(2020).Has(Episode("2019-10-01", "P", "E1", "A5"))});
  EXPECT_EQ(HappeningsOf(moved),
            (Lines{"2019-10-01 placed_for_adoption", "~2019-10-01 order PLACEMENT"}));
}

TEST(PathToAdoption, IsReversedOnTheDayThePlanCeased) {
  const auto history =
      HistoryOf({Return(2020).Has(DecisionOn("2019-06-01").Until("2019-07-01", "RD2"))});
  EXPECT_EQ(HappeningsOf(history),
            (Lines{"2019-06-01 agency_decision", "2019-07-01 decision_reversed RD2"}));
}

TEST(MissingEpisodes, AreListedByStart) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(MissingFrom("2019-08-01"))
                                      .Has(MissingFrom("2019-06-01").Until("2019-06-03"))});
  ASSERT_EQ(history.missing.size(), 2u);
  EXPECT_EQ(history.missing[0].end, Day("2019-06-03"));
  EXPECT_EQ(history.missing[1].end, std::nullopt);
}

}  // namespace
}  // namespace holdfast
