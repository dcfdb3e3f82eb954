// Rules 12 to 16 of the import: what is believed, what vanished, what came back, and what was known
// when.
#include "libs/permanence/layers.h"

#include <gtest/gtest.h>

#include "libs/testing/child_of_returns.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

const RowInTests kOpen = Episode("2019-05-01");

TEST(Belief, IsTheLatestYearEndsWhateverTheOrderOfArrival) {
  const Return earlier = Return(2020).Has(Episode("2019-05-01", "S", "C1"));
  const Return later = Return(2021).Has(Episode("2019-05-01", "S", "C2"));
  EXPECT_EQ(LegalStatusesOf(HistoryOf({earlier, later})), (Lines{"2019-05-01 to open C2"}));
  EXPECT_EQ(LegalStatusesOf(HistoryOf({later, earlier})), (Lines{"2019-05-01 to open C2"}));
}

TEST(Belief, IsOfOneYearTheLatestSubmissions) {
  const auto history = HistoryOf({Return(2020).Has(Episode("2019-05-01", "S", "C1")),
                                  Return(2020).Has(Episode("2019-05-01", "S", "C2")),
                                  Return(2020).Has(Episode("2019-05-01", "S", "C1"))});
  EXPECT_EQ(LegalStatusesOf(history), (Lines{"2019-05-01 to open C1"})) << "A, B, A";
}

TEST(Belief, OfAnEndCanBeTakenBackByALaterReturn) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01").Until("2019-09-01", "E4A")),
                 Return(2021).Has(Episode("2019-05-01"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

TEST(Belief, AsKnownAtAYearEndHasNothingOfALaterReturn) {
  const ChildOfReturns child{
      Return(2020).Has(kOpen).Has(ReviewOn("2019-06-01")),
      Return(2021).Has(kOpen.Until("2020-06-01", "E4A")).Has(ReviewOn("2020-05-01"))};
  EXPECT_EQ(CarePeriodsOf(child.AsKnownIn(2019)), Lines{});
  EXPECT_EQ(CarePeriodsOf(child.AsKnownIn(2020)), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(ReviewsOf(child.AsKnownIn(2020)), (Lines{"2019-06-01 PN1 in period 1"}));
  EXPECT_EQ(CarePeriodsOf(child.AsKnownIn(2021)), (Lines{"2019-05-01 to 2020-06-01 stated E4A"}));
}

TEST(Belief, AsRecordedAtAnInstantHasNothingRecordedLater) {
  ChildOfReturns child{Return(2020).Has(Episode("2019-05-01", "S", "C1"))};
  const View before{.recorded_at = child.coverage().returns.back().recorded_at};
  child.Told(Return(2020).Has(Episode("2019-05-01", "S", "C2")));
  EXPECT_EQ(LegalStatusesOf(child.AsKnown(before)), (Lines{"2019-05-01 to open C1"}));
  EXPECT_EQ(LegalStatusesOf(child.AsKnown()), (Lines{"2019-05-01 to open C2"}));
}

TEST(Vanished, IsNotKnownSinceTheYearEndOfTheLastReturnThatHasIt) {
  const auto history = HistoryOf({Return(2020).Has(kOpen), Return(2021)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to lost 2020-03-31"}));
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to lost 2020-03-31 U6"}));
  EXPECT_EQ(LegalStatusesOf(history), (Lines{"2019-05-01 to lost 2020-03-31 C2"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"not_in_next_return 2019-05-01"}));
  EXPECT_EQ(WhereaboutsOn(history, Day("2020-03-31")), Whereabouts::kLookedAfter);
  EXPECT_EQ(WhereaboutsOn(history, Day("2020-04-01")), Whereabouts::kNotKnown);
  EXPECT_EQ(CareDaysOn(history, Day("2020-04-01"))->why, "not_in_next_return");
}

TEST(Vanished, IsNotKnownBeforeTheNextReturnWasSeen) {
  const ChildOfReturns child{Return(2020).Has(kOpen), Return(2021)};
  EXPECT_EQ(DiscrepanciesOf(child.AsKnownIn(2020)), Lines{});
  EXPECT_EQ(CarePeriodsOf(child.AsKnownIn(2020)), (Lines{"2019-05-01 to open"}));
}

TEST(Vanished, IsNoRowThatHadEnded) {
  EXPECT_EQ(DiscrepanciesOf(
                HistoryOf({Return(2020).Has(kOpen.Until("2019-06-01", "E4A")), Return(2021)})),
            Lines{});
}

TEST(Vanished, GoesByTheNextReturnImportedEvenOverAMissingYear) {
  EXPECT_EQ(CarePeriodsOf(HistoryOf({Return(2020).Has(kOpen), Return(2023)})),
            (Lines{"2019-05-01 to lost 2020-03-31"}));
}

TEST(Vanished, IsDecidedAgainWhenAYearBetweenIsImported) {
  const auto history = HistoryOf({Return(2020).Has(kOpen), Return(2022), Return(2021).Has(kOpen)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to lost 2021-03-31"}));
}

TEST(Vanished, ReturnsWithALaterReturnAndItsDiscrepancyCloses) {
  const auto history = HistoryOf({Return(2020).Has(kOpen), Return(2021), Return(2022).Has(kOpen)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(DiscrepanciesOf(history), Lines{});
}

TEST(Vanished, BesideAnOlderOpenRowThatTheNextReturnEndsIsKeptAndLost) {
  const auto history = HistoryOf({Return(2020).Has(kOpen).Has(Episode("2019-08-01", "P")),
                                  Return(2021).Has(kOpen.Until("2019-12-01", "E4A"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to lost 2020-03-31"}));
  EXPECT_EQ(PlacementsOf(history),
            (Lines{"2019-05-01 to 2019-08-01 U6", "2019-08-01 to lost 2020-03-31 U6"}));
}

TEST(Vanished, AndTakenOverOnTheDayAfterTheYearEndGoesOn) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen), Return(2021).Has(Episode("2020-04-01", "L", "C1"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to open U6"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"not_in_next_return 2019-05-01"}));
  EXPECT_EQ(WhereaboutsOn(history, Day("2020-04-01")), Whereabouts::kLookedAfter);
}

TEST(Vanished, AndFollowedByARowAfterAGapIsNotKnownBetween) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen), Return(2021).Has(Episode("2020-06-01", "P"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
  EXPECT_EQ(CareDaysOf(history), (Lines{"2019-05-01 to 2020-04-01 C2 U6",
                                        "2020-04-01 to 2020-06-01 not known: not_in_next_return",
                                        "2020-06-01 to open C2 U6"}));
}

TEST(Vanished, AndFollowedByALaterSEndsOnAnUnknownDay) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen).Has(ReviewOn("2020-03-01")),
                 Return(2021).Has(Episode("2020-06-01", "S")).Has(ReviewOn("2020-05-31"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to unknown by 2020-06-01 not_stated", "2020-06-01 to open"}));
  EXPECT_EQ(history.care_periods[0].not_known_since, YearEnd(2020));
  EXPECT_EQ(ReviewsOf(history),
            (Lines{"2020-03-01 PN1 in period 1", "2020-05-31 PN1 in period 1"}));
}

TEST(RefusedInTheNextReturn, HasNotVanishedButIsNotKnownSince) {
  const auto history = HistoryOf({Return(2020).Has(kOpen), Return(2021).Refuses(kOpen)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to lost 2020-03-31"}));
  EXPECT_EQ(DiscrepanciesOf(history), Lines{});
  EXPECT_EQ(CareDaysOn(history, Day("2020-04-01"))->why, "refused");
}

TEST(RefusedInTheNextReturn, IsTakenUpAgainByItsRepair) {
  const auto history = HistoryOf(
      {Return(2020).Has(kOpen), Return(2021).Refuses(kOpen), Return(2021).AsRepair().Has(kOpen)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

TEST(RefusedInTheNextReturn, HasVanishedWhenTheWholeResubmissionLacksIt) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen), Return(2021).Refuses(kOpen), Return(2021).Lacks(kOpen)});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"not_in_next_return 2019-05-01"}));
}

TEST(RefusedInAStillLaterReturn, HasNotComeBack) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen), Return(2021), Return(2022).Refuses(kOpen)});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"not_in_next_return 2019-05-01"}));
}

TEST(RefusedByALaterSubmissionOfItsOwnYear, StaysAsItWasBelieved) {
  const auto history = HistoryOf({Return(2020).Has(kOpen), Return(2020).Refuses(kOpen)});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to open"}));
}

TEST(RemovedInAResubmission, FallsBackToAnEarlierLayer) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01", "S", "C1").Until("2019-06-01", "E4A")),
                 Return(2021).Has(Episode("2019-05-01", "S", "C2").Until("2019-07-01", "E4A")),
                 Return(2021).Lacks(Episode("2019-05-01"))});
  EXPECT_EQ(LegalStatusesOf(history), (Lines{"2019-05-01 to 2019-06-01 C1"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"removed_in_resubmission 2019-05-01"}));
  EXPECT_EQ(history.discrepancies[0].detail, "2021-03-31 RETURN_TABLE_EPISODES");
}

TEST(RemovedInAResubmission, HasNoPlaceInTheHistoryWithoutAnEarlierLayer) {
  const auto review = ReviewOn("2019-06-01");
  const auto history =
      HistoryOf({Return(2020).Has(kOpen).Has(review), Return(2020).Has(kOpen).Lacks(review)});
  EXPECT_EQ(ReviewsOf(history), Lines{});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"removed_in_resubmission 2019-06-01"}));
}

TEST(RemovedInAResubmission, IsSettledWhenTheSameYearStatesItAgain) {
  const auto review = ReviewOn("2019-06-01");
  const auto history = HistoryOf(
      {Return(2020).Has(review), Return(2020).Lacks(review), Return(2020).AsRepair().Has(review)});
  EXPECT_EQ(ReviewsOf(history).size(), 1u);
  EXPECT_EQ(DiscrepanciesOf(history), Lines{});
}

TEST(RemovedInAResubmission, IsNotSettledByAnotherYear) {
  const auto review = ReviewOn("2019-06-01");
  const auto history =
      HistoryOf({Return(2020).Has(review), Return(2020).Lacks(review), Return(2021).Has(review)});
  EXPECT_EQ(ReviewsOf(history).size(), 1u);
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"removed_in_resubmission 2019-06-01"}));
}

TEST(RemovedInAResubmission, StaysThoughALaterSubmissionRefusesIt) {
  const auto history =
      HistoryOf({Return(2020).Has(kOpen), Return(2020).Lacks(kOpen), Return(2020).Refuses(kOpen)});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"removed_in_resubmission 2019-05-01"}));
}

TEST(WithdrawnRun, LeavesWhatTheSubmissionBeforeItSaid) {
  ChildOfReturns child{
      Return(2020).Has(Episode("2019-05-01", "S", "C1")).Has(ReviewOn("2019-06-01")),
      Return(2020).Has(Episode("2019-05-01", "S", "C2")).Lacks(ReviewOn("2019-06-01"))};
  child.Withdraw(2);
  const auto history = child.AsKnown();
  EXPECT_EQ(LegalStatusesOf(history), (Lines{"2019-05-01 to open C1"}));
  EXPECT_EQ(ReviewsOf(history), (Lines{"2019-06-01 PN1 in period 1"}));
  EXPECT_EQ(DiscrepanciesOf(history), Lines{});
}

TEST(WithdrawnRun, OfTheNextReturnBringsBackWhatHadVanished) {
  ChildOfReturns child{Return(2020).Has(kOpen), Return(2021)};
  child.Withdraw(2);
  EXPECT_EQ(CarePeriodsOf(child.AsKnown()), (Lines{"2019-05-01 to open"}));
}

TEST(WithdrawnRun, KeepsTheYearCoveredByAnotherRunOfIt) {
  ChildOfReturns child{Return(2020).Has(kOpen), Return(2021), Return(2021)};
  child.Withdraw(3);
  EXPECT_EQ(CarePeriodsOf(child.AsKnown()), (Lines{"2019-05-01 to lost 2020-03-31"}));
}

TEST(WithdrawnRun, IsStillSeenAsRecordedBeforeItsWithdrawal) {
  ChildOfReturns child{Return(2020).Has(kOpen)};
  const View before{.recorded_at = child.coverage().returns.back().recorded_at};
  child.Withdraw(1);
  EXPECT_EQ(CarePeriodsOf(child.AsKnown()), Lines{});
  EXPECT_EQ(CarePeriodsOf(child.AsKnown(before)), (Lines{"2019-05-01 to open"}));
}

TEST(WithdrawnRun, StatedAnewIsBelievedAnew) {
  ChildOfReturns child{Return(2020).Has(kOpen)};
  child.Withdraw(1).Told(Return(2020).Has(kOpen));
  EXPECT_EQ(CarePeriodsOf(child.AsKnown()), (Lines{"2019-05-01 to open"}));
}

}  // namespace
}  // namespace holdfast
