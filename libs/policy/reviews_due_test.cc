#include "libs/policy/reviews_due.h"

#include <gtest/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

ReviewsDue InYearTo(std::string_view year_end, const ChildInTests& child,
                    const Coverage& coverage) {
  const auto runs = RunClocks(child.history(), coverage, ShippedPolicies(), View{});
  return ReviewsDueIn(runs, YearStart(Day(year_end)), Day(year_end));
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

TEST(ReviewsDue, CountAClockThatCareOrOtherLawEndedByItsDay) {
  const auto left = ChildInTests().CareStarts("2017-05-02").CareEnds("2017-05-10");
  EXPECT_TRUE(InYearTo("2018-03-31", left, CoveredByReturns({2018})).AllOnTime());
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

TEST(ReviewsDue, CountAStatedReviewThatIsLateWhateverIsCovered) {
  const auto child = ChildInTests().CareStarts("2017-03-20").Review("2017-06-30");
  const auto reviews = InYearTo("2018-03-31", child, CoveredByReturns({2018}));
  EXPECT_EQ(reviews.due, 2) << "20 April and 30 September";
  EXPECT_EQ(reviews.stopped_by_their_day, 0);
}

}  // namespace
}  // namespace holdfast
