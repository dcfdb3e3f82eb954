#include "libs/measures/year_counts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "libs/testing/child_of_returns.h"

namespace holdfast {
namespace {

// The figures of the year ending 31 March 2020 over these children, as known then.
std::vector<Measure> MeasuresOver(const std::vector<ChildOfReturns>& children,
                                  ReviewsInYear reviews = ReviewsInYear::kNoneDue) {
  YearCounts counts;
  for (const auto& child : children) Count(child.AsKnownIn(2020), reviews, YearEnd(2020), counts);
  return MeasuresOf(counts, Nation::kEngland);
}

Measure Only(const std::string& id, const std::vector<Measure>& measures) {
  return *std::ranges::find(measures, id, &Measure::id);
}

Measure Only(const std::string& id, const std::vector<ChildOfReturns>& children) {
  return Only(id, MeasuresOver(children));
}

ChildOfReturns With(std::initializer_list<RowInTests> rows) {
  Return submission(2020);
  for (const auto& row : rows) submission.Has(row);
  return ChildOfReturns{submission};
}

const ChildOfReturns kSettled = With({Episode("2019-05-01")});
const ChildOfReturns kShortBreaks = With({Episode("2019-05-01", "S", "V3")});
const ChildOfReturns kLost = {Return(2019).Has(Episode("2018-05-01")), Return(2020)};

using By = std::map<std::string, uint64_t>;

TEST(Measures, AreAlwaysTheSameInOneOrder) {
  std::vector<std::string> ids;
  for (const auto& measure : MeasuresOver({})) {
    ids.push_back(measure.id);
    EXPECT_FALSE(measure.definition.empty()) << measure.id;
    EXPECT_TRUE(measure.by.empty()) << measure.id;
  }
  EXPECT_EQ(ids,
            (std::vector<std::string>{
                "looked_after", "looked_after_without_short_breaks", "not_known", "starts", "ends",
                "placements", "reviews_on_time", "decision_to_adoption", "start_not_known", "m0_m1",
                "m1_m2", "m2_m3", "m3_m4", "m4_m5", "m1_m5", "hearings_per_child", "interim_runs",
                "home_order_days", "decisions_as_recommended"}));
}

TEST(LookedAfter, CountsThoseWithACurrentRowAtTheEndOfTheYear) {
  const auto ended_on_the_day = With({Episode("2019-05-01").Until("2020-03-31", "E4A")});
  const auto began_on_the_day = With({Episode("2020-03-31")});
  const auto measures =
      MeasuresOver({kSettled, kShortBreaks, ended_on_the_day, began_on_the_day, kLost});
  EXPECT_EQ(Only("looked_after", measures).value, 3.0);
  EXPECT_EQ(Only("looked_after_without_short_breaks", measures).value, 2.0);
  EXPECT_EQ(Only("looked_after_without_short_breaks", measures).excluded, 1u);
  EXPECT_EQ(Only("looked_after", measures).denominator, std::nullopt);
}

TEST(LookedAfter, GoesForShortBreaksByTheRowCurrentOnTheDay) {
  const auto settled_since = With({Episode("2019-05-01", "S", "V4").Until("2020-03-31", "X1"),
                                   Episode("2020-03-31", "L", "C2")});
  EXPECT_EQ(Only("looked_after_without_short_breaks", {settled_since}).value, 1.0);
}

TEST(LookedAfter, HasAChildAfterAStatedDeathMarked) {
  const auto died = With({Episode("2019-05-01").Until("2019-06-01", "E2"), Episode("2019-07-01")});
  EXPECT_EQ(Only("looked_after", {died}).value, 1.0);
  EXPECT_EQ(Only("looked_after", {died}).disputed, 1u);
}

TEST(NotKnown, IsByWhy) {
  const ChildOfReturns refused{Return(2019).Has(Episode("2018-05-01")),
                               Return(2020).Refuses(Episode("2018-05-01"))};
  const auto lacks_continuation = With({Episode("2019-05-01").Until("2019-06-01", "X1")});
  const auto measure =
      Only("not_known", {kSettled, kLost, refused, lacks_continuation, lacks_continuation});
  EXPECT_EQ(measure.value, 4.0);
  EXPECT_EQ(measure.by, (By{{"not_in_next_return", 1}, {"refused", 1}, {"388", 2}}));
}

TEST(Starts, AreCarePeriodsBegunInTheYearWithAKnownStart) {
  const auto on_or_before = With({Episode("2019-05-01", "P")});
  const auto earlier = With({Episode("2019-03-31")});
  const auto first_day =
      With({Episode("2019-04-01").Until("2019-05-01", "E4A"), Episode("2019-06-01")});
  const auto measure = Only("starts", {kShortBreaks, on_or_before, earlier, first_day});
  EXPECT_EQ(measure.value, 3.0);
  EXPECT_EQ(measure.unknown, 1u);
}

TEST(Ends, AreByReasonWithTheDisputedCountedInAndBeside) {
  const auto stated = With({Episode("2019-05-01").Until("2019-06-01", "E4A")});
  const auto blank = With({Episode("2019-05-01").Until("2019-06-01")});
  const auto disputed =
      With({Episode("2019-05-01").Until("2019-08-01", "E3"), Episode("2019-07-01")});
  const auto earlier = With({Episode("2018-05-01").Until("2019-03-31", "E4A")});
  const auto measure = Only("ends", {stated, stated, blank, disputed, earlier, kSettled, kLost});
  EXPECT_EQ(measure.value, 4.0);
  EXPECT_EQ(measure.by, (By{{"E4A", 2}, {"E3", 1}, {"not_stated", 1}}));
  EXPECT_EQ(measure.disputed, 1u);
}

TEST(Ends, OfAPeriodThatEndedOnAnUnknownDayCountInTheYearOfTheLaterS) {
  const ChildOfReturns child{Return(2019).Has(Episode("2018-05-01")),
                             Return(2020).Has(Episode("2019-05-01", "S"))};
  EXPECT_EQ(Only("ends", {child}).by, (By{{"not_stated", 1}}));
  YearCounts before;
  Count(child.AsKnown(), ReviewsInYear::kNoneDue, YearEnd(2019), before);
  EXPECT_TRUE(before.ends.empty());
}

TEST(Placements, AreCountedThatRanOnAnyDayOfTheYear) {
  const auto of = [](std::initializer_list<RowInTests> rows) {
    return Only("placements", {With(rows)}).by;
  };
  EXPECT_EQ(of({Episode("2018-05-01").Until("2019-03-31", "X1"), Episode("2019-03-31", "P")}),
            (By{{"1", 1}}));
  EXPECT_EQ(of({Episode("2018-05-01").Until("2019-04-01", "X1"), Episode("2019-04-01", "P")}),
            (By{{"2", 1}}));
  EXPECT_EQ(of({Episode("2018-05-01").Until("2019-05-01", "X1"), Episode("2019-05-01", "L", "C1")}),
            (By{{"1", 1}}));
  EXPECT_EQ(of({Episode("2019-05-01").Until("2019-06-01", "E4A"),
                Episode("2019-07-01").Until("2019-08-01", "X1"),
                Episode("2019-08-01", "P").Until("2019-08-01", "X1"), Episode("2019-09-01", "P")}),
            (By{{"3_or_more", 1}}));
  EXPECT_EQ(of({Episode("2019-05-01", "S", "V3")}), By{});
}

TEST(Placements, NotKnownSinceAYearEndRanToIt) {
  const ChildOfReturns lost_before{Return(2018).Has(Episode("2017-05-01")), Return(2019),
                                   Return(2020).Has(Episode("2019-05-01"))};
  EXPECT_EQ(Only("placements", {lost_before}).by, (By{{"1", 1}}));
}

TEST(ReviewsOnTime, IsAShareOfTheChildrenWithAClockDue) {
  YearCounts counts;
  const History history;
  for (const auto reviews :
       {ReviewsInYear::kAllOnTime, ReviewsInYear::kAllOnTime, ReviewsInYear::kSomeLate,
        ReviewsInYear::kNotKnown, ReviewsInYear::kNoneDue}) {
    Count(history, reviews, YearEnd(2020), counts);
  }
  const auto measure = Only("reviews_on_time", MeasuresOf(counts, Nation::kEngland));
  EXPECT_DOUBLE_EQ(*measure.value, 2.0 / 3.0);
  EXPECT_EQ(measure.numerator, 2u);
  EXPECT_EQ(measure.denominator, 3u);
  EXPECT_EQ(measure.unknown, 1u);
  EXPECT_EQ(Only("reviews_on_time", MeasuresOver({})).value, std::nullopt) << "over zero";
}

// Adopted on 31 March 2020.
ChildOfReturns Adopted(std::initializer_list<const char*> decisions) {
  Return submission(2020);
  submission.Has(Episode("2019-05-01", "S", "E1", "A3").Until("2020-03-31", "E11"));
  for (const char* day : decisions) submission.Has(DecisionOn(day));
  return ChildOfReturns{submission};
}

TEST(DecisionToAdoption, IsTheMedianOfDaysSinceTheLastDecision) {
  const auto measure =
      Only("decision_to_adoption",
           {Adopted({"2020-03-21"}), Adopted({"2020-01-01", "2020-03-30"}), Adopted({}), kSettled});
  EXPECT_EQ(measure.value, 5.5);
  EXPECT_EQ(measure.denominator, 2u);
  EXPECT_EQ(measure.unknown, 1u);
  EXPECT_EQ(Only("decision_to_adoption",
                 {Adopted({"2020-03-21"}), Adopted({"2020-03-31"}), Adopted({"2020-03-01"})})
                .value,
            10.0);
  EXPECT_EQ(Only("decision_to_adoption", {kSettled}).value, std::nullopt);
}

TEST(DecisionToAdoption, CountsDisputedOrders) {
  const auto child = With({Episode("2019-05-01").Until("2019-08-01", "E12"),
                           Episode("2019-07-01", "P"), DecisionOn("2019-06-01")});
  const auto measure = Only("decision_to_adoption", {child});
  EXPECT_EQ(measure.value, 61.0);
  EXPECT_EQ(measure.disputed, 1u);
}

TEST(StartNotKnown, IsOfTheLookedAfterWithoutShortBreaks) {
  const auto measure = Only("start_not_known", {kSettled, With({Episode("2019-05-01", "P")}),
                                                With({Episode("2019-05-01", "P", "V3")})});
  EXPECT_EQ(measure.value, 1.0);
  EXPECT_EQ(measure.denominator, 2u);
  EXPECT_EQ(measure.unknown, 0u);
}

TEST(StartNotKnown, GoesByThePeriodOfTheDay) {
  const auto child =
      With({Episode("2019-05-01", "P").Until("2019-06-01", "X1"), Episode("2019-08-01", "S")});
  EXPECT_EQ(Only("start_not_known", {child}).value, 0.0);
}

TEST(MeasuresOfReturns, OfTwoGroupsAddUpToThatOfBoth) {
  const std::vector<ChildOfReturns> children{kSettled, kShortBreaks, kLost, Adopted({"2020-03-21"}),
                                             Adopted({})};
  YearCounts all;
  YearCounts sum;
  for (const auto& child : children) {
    Count(child.AsKnownIn(2020), ReviewsInYear::kSomeLate, YearEnd(2020), all);
    YearCounts one;
    Count(child.AsKnownIn(2020), ReviewsInYear::kSomeLate, YearEnd(2020), one);
    Add(one, sum);
  }
  EXPECT_EQ(sum, all);
}

}  // namespace
}  // namespace holdfast
