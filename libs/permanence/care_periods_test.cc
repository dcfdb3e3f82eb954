// Rules 7, 10 and 11 of the import: care periods, and the reviews in them.
#include <gtest/gtest.h>

#include "libs/testing/child_of_returns.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

TEST(CarePeriod, BeginsWithAnSAndEndsWithAFinalReason) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01", "S").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-07-01", "P").Until("2019-12-01", "E4A"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to 2019-12-01 stated E4A"}));
  EXPECT_EQ(DiscrepanciesOf(history), Lines{});
}

TEST(CarePeriod, StartsOnOrBeforeItsFirstRowWithoutAnS) {
  EXPECT_EQ(CarePeriodsOf(HistoryOf({Return(2020).Has(Episode("2019-05-01", "P"))})),
            (Lines{"~2019-05-01 to open"}));
}

TEST(CarePeriod, EndsNotStatedWhereTheReasonIsBlank) {
  const auto history = HistoryOf({Return(2020).Has(Episode("2019-05-01").Until("2019-07-01"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to 2019-07-01 not_stated"}));
}

TEST(CarePeriod, IsOneWhenARowWithoutAnSTouchesAFinalEnd) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "E4A"))
                                      .Has(Episode("2019-07-01", "P"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

TEST(CarePeriod, BeginsAnewWithAnSOnTheDayOfAFinalEnd) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "E4A"))
                                      .Has(Episode("2019-07-01", "S"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 stated E4A", "2019-07-01 to open"}));
}

TEST(CarePeriod, EndsNotStatedOnTheDayOfATouchingS) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-07-01", "S"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 not_stated", "2019-07-01 to open"}));
}

TEST(CarePeriod, EndsDisputedWhereAnSCutsAFinalEnd) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "E3"))
                                      .Has(Episode("2019-07-01", "S"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 disputed E3", "2019-07-01 to open"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-07-01"}));
}

TEST(CarePeriod, EndsNotStatedWhereAnSCutsAnEndWithoutReason) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01"))
                                      .Has(Episode("2019-07-01", "S"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 not_stated", "2019-07-01 to open"}));
}

TEST(CarePeriod, IsOneWhereARowWithoutAnSCutsAFinalEnd) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "E3"))
                                      .Has(Episode("2019-07-01", "P"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

TEST(CarePeriod, IsANewOneOfUnknownStartAfterAFinalEndAndAGap) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "E4A"))
                                      .Has(Episode("2019-08-01", "P"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 stated E4A", "~2019-08-01 to open"}));
}

TEST(Rule388, KeepsTheCarePeriodOpenWhereNothingFollowsAnX1) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01").Until("2019-07-01", "X1"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to lost 2019-07-01"}));
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to 2019-07-01 U6"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"388 2019-05-01"}));
  EXPECT_EQ(CareDaysOf(history),
            (Lines{"2019-05-01 to 2019-07-01 C2 U6", "2019-07-01 to open not known: 388"}));
}

TEST(Rule388, StaysWhenALaterRowGoesOnInTheSamePeriod) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-08-01", "P"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"388 2019-05-01"}));
  EXPECT_EQ(WhereaboutsOn(history, Day("2019-07-31")), Whereabouts::kNotKnown);
  EXPECT_EQ(WhereaboutsOn(history, Day("2019-08-01")), Whereabouts::kLookedAfter);
}

TEST(Rule388, EndsThePeriodAtAnUnknownDayWhereALaterSFollows) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-08-01", "S"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to unknown by 2019-08-01 not_stated", "2019-08-01 to open"}));
}

TEST(Rule388, IsNotAskedOfARowThatAnotherCuts) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "X1"))
                                      .Has(Episode("2019-08-01", "P"))});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-08-01"}));
}

TEST(Reviews, BelongOnASharedDayToTheLaterPeriod) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "E4A"))
                                      .Has(Episode("2019-07-01", "S").Until("2019-09-01", "E4A"))
                                      .Has(ReviewOn("2019-05-01"))
                                      .Has(ReviewOn("2019-07-01"))
                                      .Has(ReviewOn("2019-09-01"))
                                      .Has(ReviewOn("2019-09-02"))});
  EXPECT_EQ(ReviewsOf(history),
            (Lines{"2019-05-01 PN1 in period 1", "2019-07-01 PN1 in period 2",
                   "2019-09-01 PN1 in period 2", "2019-09-02 PN1 outside care"}));
}

TEST(Reviews, AreOutsideCareBeforeTheFirstRowOfAPeriodOfUnknownStart) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01", "P")).Has(ReviewOn("2019-04-30"))});
  EXPECT_EQ(ReviewsOf(history), (Lines{"2019-04-30 PN1 outside care"}));
}

TEST(Reviews, BelongUpToALaterSToThePeriodThatEndedOnAnUnknownDay) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-10-01", "S"))
                                      .Has(ReviewOn("2019-09-30"))
                                      .Has(ReviewOn("2019-10-01"))});
  EXPECT_EQ(ReviewsOf(history),
            (Lines{"2019-09-30 PN1 in period 1", "2019-10-01 PN1 in period 2"}));
}

TEST(Reviews, OfAChildWithoutEpisodesAreFactsOutsideCare) {
  const auto history =
      HistoryOf({Return(2020).Has(HeaderBorn("2010-01-01")).Has(ReviewOn("2019-05-01"))});
  EXPECT_EQ(CarePeriodsOf(history), Lines{});
  EXPECT_EQ(ReviewsOf(history), (Lines{"2019-05-01 PN1 outside care"}));
}

TEST(Death, IsADiscrepancyWithARowThatGoesOn) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-07-01", "E2"))
                                      .Has(Episode("2019-08-01", "S"))});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"after_died 2019-05-01 2019-08-01"}));
  EXPECT_EQ(history.died_on, Day("2019-07-01"));
  EXPECT_EQ(WhereaboutsOn(history, YearEnd(2020)), Whereabouts::kLookedAfter);
}

TEST(Death, CountsAlsoOfARowThatLiesInsideAnother) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-07-01", "E2"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(history.died_on, Day("2019-07-01"));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"after_died 2019-05-01 2019-06-01", "overlap 2019-05-01 2019-06-01"}));
}

TEST(Death, IsNoDiscrepancyWithARowThatADeathsRowCuts) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-08-01", "X1"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-09-01", "E2"))});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-06-01"}));
}

TEST(Death, GoesByTheEndThatTheHistoryGivesTheOtherRow) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "X1"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-09-15", "X1"))
                                      .Has(Episode("2019-07-01", "P").Until("2019-08-01", "E2"))});
  EXPECT_EQ(PlacementsOf(history),
            (Lines{"2019-05-01 to 2019-06-01 U6", "2019-06-01 to 2019-09-15 U6"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"388 2019-06-01", "after_died 2019-06-01 2019-07-01",
                                             "overlap 2019-05-01 2019-06-01 2019-07-01"}));
}

TEST(Death, IsNotSaidByAnOpenRow) {
  // REC on an open row is put aside before it is stated; an open row that has it all the same kills
  // nobody.
  auto row = Episode("2019-05-01").row();
  row.mutable_episode()->set_rec("E2");
  const auto history = HistoryOf({Return(2020).Has(RowInTests(row))});
  EXPECT_FALSE(history.died_on);
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

}  // namespace
}  // namespace holdfast
