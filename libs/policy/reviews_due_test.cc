#include "libs/policy/reviews_due.h"

#include <gtest/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

ReviewsDue InYearTo(std::string_view year_end, const ChildInTests& child,
                    const Coverage& coverage) {
  const auto runs = RunClocks(child.history(), coverage, ShippedPolicies(), View{});
  return ReviewsDueIn(runs, child.history(), YearStart(Day(year_end)), Day(year_end),
                      Day(year_end));
}

TEST(ReviewsDue, AreOnTimeWhenEachIsHeldByItsDay) {
  const auto child = ChildInTests()
                         .CareStarts("2017-05-02")
                         .Review("2017-05-31")
                         .Review("2017-08-31")
                         .Review("2018-02-28");
  const auto reviews = InYearTo("2018-03-31", child, CoveredByReturns({2018}));
  EXPECT_EQ(reviews.due, 3);
  EXPECT_TRUE(reviews.AllOnTime());
}

TEST(ReviewsDue, AreLateWhenOneIsHeldADayLateOrNotAtAll) {
  const auto late = ChildInTests()
                        .CareStarts("2017-05-02")
                        .Review("2017-06-01")
                        .Review("2017-08-31")
                        .Review("2018-02-28");
  EXPECT_FALSE(InYearTo("2018-03-31", late, CoveredByReturns({2018})).AllOnTime());
  const auto missed =
      InYearTo("2018-03-31", ChildInTests().CareStarts("2017-05-02"), CoveredByReturns({2018}));
  EXPECT_EQ(missed.due, 1);
  EXPECT_EQ(missed.stopped_by_their_day, 0);
}

TEST(ReviewsDue, AreNoneWhereNoClockFallsInTheYear) {
  const auto child = ChildInTests().CareStarts("2018-03-20");
  EXPECT_EQ(InYearTo("2018-03-31", child, CoveredByReturns({2018})).due, 0);
  EXPECT_FALSE(InYearTo("2018-03-31", child, CoveredByReturns({2018})).AllOnTime());
}

TEST(ReviewsDue, LeaveOutAClockThatCareOrOtherLawEndedByItsDay) {
  const auto left = ChildInTests().CareStarts("2017-05-02").CareEnds("2017-05-10");
  EXPECT_EQ(InYearTo("2018-03-31", left, CoveredByReturns({2018})).due, 0);
  const auto placed = ChildInTests()
                          .CareStarts("2017-05-02")
                          .Placement("U4", "2017-05-02", "2017-05-12")
                          .Placement("A5", "2017-05-12");
  EXPECT_EQ(InYearTo("2018-03-31", placed, CoveredByReturns({2018})).due, 0);
  const auto died = ChildInTests().CareStarts("2017-05-02").Died("2017-05-12");
  EXPECT_EQ(InYearTo("2018-03-31", died, CoveredByReturns({2018})).due, 0);
}

TEST(ReviewsDue, CountAReviewHeldBeforeCareEndedAheadOfTheDueDay) {
  const auto child =
      ChildInTests().CareStarts("2017-05-02").CareEnds("2017-05-20").Review("2017-05-16");
  const auto reviews = InYearTo("2018-03-31", child, CoveredByReturns({2018}));
  EXPECT_EQ(reviews.due, 1);
  EXPECT_TRUE(reviews.AllOnTime());
}

TEST(ReviewsDue, LeaveOutADayStillToCome) {
  const auto child = ChildInTests().CareStarts("2018-01-02");
  const auto runs = RunClocks(child.history(), LiveSince("2018-01-01"), ShippedPolicies(), View{});
  const auto due = *runs.front().due;
  const auto asked = [&](CivilDate known_at) {
    return ReviewsDueIn(runs, child.history(), Day("2017-04-01"), Day("2018-03-31"), known_at).due;
  };
  EXPECT_EQ(asked(due.PlusDays(-1)), 0);
  EXPECT_EQ(asked(due), 1);
}

TEST(ReviewsDue, LeaveOutWhatIsNotKnownOnItsDay) {
  const auto vanished = ChildInTests()
                            .CareStarts("2017-12-01")
                            .Review("2017-12-20")
                            .CareIsNotKnownSince("2018-03-31");
  EXPECT_EQ(InYearTo("2018-03-31", vanished, CoveredByReturns({2018})).due, 2);
  EXPECT_EQ(InYearTo("2019-03-31", vanished, CoveredByReturns({2018, 2019})).due, 0);
  const auto uncovered = ChildInTests().CareStarts("2017-03-20");
  EXPECT_EQ(InYearTo("2018-03-31", uncovered, CoveredByReturns({2018})).due, 0);
}

TEST(ReviewsDue, LeaveOutADayOnWhichTheChildIsNotKnownThoughSeenAgainLater) {
  auto child = ChildInTests().CareStarts("2017-12-01").Review("2017-12-20");
  child.history().care_days = {
      {.days = {Day("2017-12-01"), Day("2018-02-01")}},
      {.days = {Day("2018-02-01"), Day("2018-03-25")}, .known = false, .why = "388"},
      {.days = {Day("2018-03-25"), {}}}};
  const auto reviews = InYearTo("2018-03-31", child, CoveredByReturns({2018}));
  EXPECT_EQ(reviews.due, 1) << "not the second, due on 20 March";
}

TEST(ReviewsDue, CountAStatedReviewThatIsLateWhateverIsCovered) {
  const auto child = ChildInTests().CareStarts("2017-03-20").Review("2017-06-30");
  const auto reviews = InYearTo("2018-03-31", child, CoveredByReturns({2018}));
  EXPECT_EQ(reviews.due, 2) << "20 April and 30 September";
  EXPECT_EQ(reviews.stopped_by_their_day, 0);
}

}  // namespace
}  // namespace holdfast
