// Rules 8 to 10 of the import: overlaps, two open rows, and rows that lie inside others.
#include "libs/permanence/kept_rows.h"

#include <gtest/gtest.h>

#include "libs/testing/child_of_returns.h"
#include "libs/testing/history_as_text.h"

namespace holdfast {
namespace {

TEST(Overlap, EndsTheEarlierRowWhereTheLaterStarts) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-08-01", "X1"))
                                      .Has(Episode("2019-07-01", "P").Until("2019-09-01", "E4A"))});
  EXPECT_EQ(PlacementsOf(history),
            (Lines{"2019-05-01 to 2019-07-01 U6", "2019-07-01 to 2019-09-01 U6"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-07-01"}));
}

TEST(Overlap, LeavesOutARowThatLiesInsideButShowsIt) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-08-01", "E4A"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-08-01", "E3"))});
  EXPECT_EQ(CarePeriodsOf(history), (Lines{"2019-05-01 to 2019-08-01 stated E4A"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-06-01"}));
}

TEST(Overlap, GoesByTheLastRowKeptNotByTheOneLeftOut) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-09-01", "E4A"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-07-01", "X1"))
                                      .Has(Episode("2019-06-15", "P").Until("2019-06-20", "X1"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to 2019-09-01 U6"}));
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"overlap 2019-05-01 2019-06-01 2019-06-15"}));
}

TEST(Overlap, OfAnOpenRowLeavesOutWhatEndsByItsYearEndOnly) {
  const auto by_its_year_end =
      HistoryOf({Return(2020)
                     .Has(Episode("2019-05-01"))
                     .Has(Episode("2019-06-01", "P").Until("2020-03-31", "X1"))});
  EXPECT_EQ(PlacementsOf(by_its_year_end), (Lines{"2019-05-01 to open U6"}));
  const auto after_it =
      HistoryOf({Return(2020).Has(Episode("2019-05-01")),
                 Return(2021).Has(Episode("2019-06-01", "P").Until("2020-04-02", "E4A"))});
  EXPECT_EQ(CarePeriodsOf(after_it), (Lines{"2019-05-01 to 2020-04-02 stated E4A"}));
  EXPECT_EQ(PlacementsOf(after_it),
            (Lines{"2019-05-01 to 2019-06-01 U6", "2019-06-01 to 2020-04-02 U6"}));
}

TEST(Overlap, NeverLeavesOutAnOpenRow) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01")).Has(Episode("2019-06-01", "P"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to 2019-06-01 U6", "2019-06-01 to open U6"}));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"overlap 2019-05-01 2019-06-01", "two_open 2019-05-01 2019-06-01"}));
}

TEST(Overlap, IsNoneWhereRowsTouch) {
  const auto history = HistoryOf({Return(2020)
                                      .Has(Episode("2019-05-01").Until("2019-06-01", "X1"))
                                      .Has(Episode("2019-06-01", "P").Until("2019-06-01", "X1"))
                                      .Has(Episode("2019-06-02", "P"))});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"388 2019-06-01"}));
  EXPECT_EQ(PlacementsOf(history).size(), 3u);
}

TEST(Overlap, OfALostRowIsCutByWhatRunsOnAfterItsYearEnd) {
  const auto history = HistoryOf(
      {Return(2020).Has(Episode("2019-05-01")), Return(2021).Has(Episode("2020-03-01", "P"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to 2020-03-01 U6", "2020-03-01 to open U6"}));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"not_in_next_return 2019-05-01", "overlap 2019-05-01 2020-03-01"}));
}

TEST(Overlap, LeavesOutALostRowThatLiesInside) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01")).Has(Episode("2019-06-01", "P")),
                 Return(2021).Has(Episode("2019-05-01"))});
  EXPECT_EQ(PlacementsOf(history), (Lines{"2019-05-01 to open U6"}));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"not_in_next_return 2019-06-01", "overlap 2019-05-01 2019-06-01"}));
}

TEST(Overlap, OfTwoRowsLostInOneYearIsCutByTheLater) {
  const auto history = HistoryOf(
      {Return(2020).Has(Episode("2019-05-01")).Has(Episode("2019-06-01", "P")), Return(2021)});
  EXPECT_EQ(PlacementsOf(history),
            (Lines{"2019-05-01 to 2019-06-01 U6", "2019-06-01 to lost 2020-03-31 U6"}));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"not_in_next_return 2019-05-01", "not_in_next_return 2019-06-01",
                   "overlap 2019-05-01 2019-06-01"}));
}

TEST(TwoOpen, IsNotSaidOfARowThatIsNotKnownSince) {
  const auto history = HistoryOf(
      {Return(2020).Has(Episode("2019-05-01")), Return(2021).Has(Episode("2020-05-01", "P"))});
  EXPECT_EQ(DiscrepanciesOf(history), (Lines{"not_in_next_return 2019-05-01"}));
}

// Rule 19.
std::vector<MovedDate> OffersOf(const ChildOfReturns& child) {
  const auto year_ends = CoveredYearEnds(child.coverage(), cases::v1::RETURN_TABLE_EPISODES, {});
  const Layers layers(child.facts(), {});
  return OfferMovedDates(layers, KeepRows(layers, year_ends), year_ends);
}

TEST(MovedDate, IsOfferedWhereAKeyVanishesAndOneAlikeAppears) {
  const auto alike = [](const RowInTests& row) {
    return OffersOf({Return(2020).Has(Episode("2019-05-01").WithUrn("1")), Return(2021).Has(row)});
  };
  const std::vector<MovedDate> offer{{Day("2019-05-01"), Day("2019-05-08")}};
  EXPECT_EQ(alike(Episode("2019-05-08").WithUrn("1")), offer);
  EXPECT_EQ(alike(Episode("2019-05-08").WithUrn("1").Until("2020-06-01", "E4A")), offer);
  EXPECT_EQ(alike(Episode("2019-06-01").WithUrn("1")).size(), 1u) << "31 days";
  EXPECT_EQ(alike(Episode("2019-06-02").WithUrn("1")).size(), 0u) << "32 days";
  EXPECT_EQ(alike(Episode("2019-05-08").WithUrn("2")).size(), 0u);
  EXPECT_EQ(alike(Episode("2019-05-08", "P").WithUrn("1")).size(), 0u);
  EXPECT_EQ(alike(Episode("2019-05-08", "S", "C1").WithUrn("1")).size(), 0u);
  EXPECT_EQ(alike(Episode("2019-05-08", "S", "C2", "K2").WithUrn("1")).size(), 0u);
}

TEST(MovedDate, IsNeverAssumed) {
  const auto history =
      HistoryOf({Return(2020).Has(Episode("2019-05-01")), Return(2021).Has(Episode("2019-05-08"))});
  EXPECT_EQ(CarePeriodsOf(history),
            (Lines{"2019-05-01 to 2019-05-08 not_stated", "2019-05-08 to open"}));
  EXPECT_EQ(DiscrepanciesOf(history),
            (Lines{"not_in_next_return 2019-05-01", "overlap 2019-05-01 2019-05-08"}));
}

TEST(MovedDate, IsNotOfferedOfARowThatAnEarlierReturnHad) {
  const ChildOfReturns child{Return(2019).Has(Episode("2018-05-08").Until("2018-06-01", "X1")),
                             Return(2020).Has(Episode("2018-05-01")),
                             Return(2021).Has(Episode("2018-05-08").Until("2018-06-01", "X1"))};
  EXPECT_TRUE(OffersOf(child).empty());
}

}  // namespace
}  // namespace holdfast
