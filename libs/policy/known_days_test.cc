// On which days a clock is known to run: coverage.
#include <gtest/gtest.h>

#include "libs/policy/alert_state.h"
#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

ClockRun ReviewClock(const Coverage& coverage, std::string_view care_start = "2017-05-02") {
  return RunsOf("eng-review-1", ChildInTests().CareStarts(care_start), coverage).at(0);
}

TEST(Coverage, OfAReturnEndsWithItsYear) {
  const auto run = ReviewClock(CoveredByReturns({2018}));
  EXPECT_EQ(run.not_known_since, Day("2018-03-31"));
  EXPECT_EQ(StateOn(run, Day("2018-03-31")), AlertState::kEscalated);
  EXPECT_EQ(StateOn(run, Day("2018-04-01")), AlertState::kNotKnown);
}

TEST(Coverage, WithoutAnyIsLostOnTheDayAfterTheStart) {
  const auto run = ReviewClock({});
  EXPECT_EQ(run.not_known_since, Day("2017-05-02"));
  EXPECT_FALSE(StateOn(run, Day("2017-05-02"))) << "not yet upcoming";
  EXPECT_EQ(StateOn(run, Day("2017-05-03")), AlertState::kNotKnown);
}

TEST(Coverage, StartsOnTheDayAfterTheStartOfTheClock) {
  EXPECT_EQ(ReviewClock(CoveredByReturns({2019}), "2018-03-31").not_known_since, Day("2019-03-31"));
  EXPECT_EQ(ReviewClock(CoveredByReturns({2019}), "2018-03-30").not_known_since, Day("2018-03-30"));
}

TEST(Coverage, HasAGapWhereAYearIsMissingUntilALaterImportClosesIt) {
  EXPECT_EQ(ReviewClock(CoveredByReturns({2018, 2020})).not_known_since, Day("2018-03-31"));
  EXPECT_EQ(ReviewClock(CoveredByReturns({2020, 2018, 2019})).not_known_since, Day("2020-03-31"));
}

TEST(Coverage, OfALiveRecordIsOfAllDaysFromItsFirst) {
  EXPECT_FALSE(ReviewClock(LiveSince("2017-05-03")).not_known_since);
  EXPECT_EQ(ReviewClock(LiveSince("2017-05-04")).not_known_since, Day("2017-05-02"));
  auto both = CoveredByReturns({2018});
  both.live = LiveSince("2018-04-01").live;
  EXPECT_FALSE(ReviewClock(both).not_known_since);
  both.live = LiveSince("2018-04-02").live;
  EXPECT_EQ(ReviewClock(both).not_known_since, Day("2018-03-31"));
}

TEST(Coverage, NeedsTheTablesThatStateWhatStopsTheClock) {
  auto coverage = CoveredByReturns({2018});
  std::erase(coverage.returns[0].tables, cases::v1::RETURN_TABLE_REVIEWS);
  EXPECT_EQ(ReviewClock(coverage).not_known_since, Day("2017-05-02"));
}

TEST(Coverage, IsWhatTheViewSees) {
  const auto history = ChildInTests().CareStarts("2017-05-02").history();
  const auto coverage = CoveredByReturns({2018, 2019});
  const auto runs =
      RunClocks(history, coverage, ShippedPolicies(), View{.known_at = Day("2018-12-31")});
  EXPECT_EQ(runs.at(0).not_known_since, Day("2018-03-31"));
}

TEST(Coverage, DoesNotMatterToAStopThatIsStated) {
  const auto run =
      RunsOf("eng-review-1", ChildInTests().CareStarts("2017-02-01").Review("2017-04-20"),
             CoveredByReturns({2018}))
          .at(0);
  EXPECT_EQ(run.not_known_since, Day("2017-02-01"));
  EXPECT_EQ(StateOn(run, Day("2017-04-19")), AlertState::kNotKnown);
  EXPECT_EQ(StateOn(run, Day("2017-04-20")), AlertState::kResolved);
}

TEST(Coverage, EndsForAChildWhoIsNotKnownToBeInCare) {
  const auto child = ChildInTests()
                         .CareStarts("2017-05-02")
                         .Review("2017-05-20")
                         .CareIsNotKnownSince("2018-03-31");
  EXPECT_EQ(RunsOf("eng-review-2", child, CoveredByReturns({2018, 2019})).at(0).not_known_since,
            Day("2018-03-31"));
  EXPECT_FALSE(RunsOf("eng-review-2", child, LiveSince("2017-01-01")).at(0).not_known_since);
}

Coverage FedThrough(std::string_view horizon, std::vector<proceedings::v1::FeedKind> states) {
  Coverage coverage;
  coverage.feeds.push_back(
      {.source = "reporter-a", .states = std::move(states), .horizon = Day(horizon)});
  return coverage;
}

ClockRun ReportClock(const Coverage& coverage) {
  const auto child = ChildInTests("scotland").CareStarts("2026-01-01").Proceeds(
      EntryKind::kSafeguarder, "2026-03-01");
  return RunsOf("sco-safeguarder-report-35d", child, coverage).at(0);
}

TEST(Coverage, OfAFeedGoesToItsHorizon) {
  const auto reported = proceedings::v1::FEED_KIND_SAFEGUARDER_REPORTED;
  const auto run = ReportClock(FedThrough("2026-04-10", {reported}));
  EXPECT_EQ(run.due, Day("2026-04-05"));
  EXPECT_EQ(run.not_known_since, Day("2026-04-10"));
  EXPECT_EQ(StateOn(run, Day("2026-04-10")), AlertState::kOverdue);
  EXPECT_EQ(StateOn(run, Day("2026-04-11")), AlertState::kNotKnown);
  EXPECT_EQ(ReportClock({}).not_known_since, Day("2026-03-01"));
}

TEST(Coverage, OfAFeedIsOfTheKindsThatItStates) {
  const auto other = proceedings::v1::FEED_KIND_HEARING_HELD;
  EXPECT_EQ(ReportClock(FedThrough("2026-04-10", {other})).not_known_since, Day("2026-03-01"));
  auto two = FedThrough("2026-04-10", {proceedings::v1::FEED_KIND_SAFEGUARDER_REPORTED});
  two.feeds.push_back(two.feeds[0]);
  two.feeds[1].horizon = Day("2026-05-10");
  EXPECT_EQ(ReportClock(two).not_known_since, Day("2026-05-10")) << "whichever tells further";
  std::swap(two.feeds[0], two.feeds[1]);
  EXPECT_EQ(ReportClock(two).not_known_since, Day("2026-05-10"));
  const auto review = RunsOf("eng-review-1", ChildInTests().CareStarts("2017-05-02"),
                             FedThrough("2018-01-01", {other}));
  EXPECT_EQ(review.at(0).not_known_since, Day("2017-05-02")) << "no feed states a review";
}

TEST(Coverage, OfAFeedAndALiveRecordIsOfBoth) {
  auto coverage = FedThrough("2026-04-10", {proceedings::v1::FEED_KIND_SAFEGUARDER_REPORTED});
  coverage.live = LiveSince("2026-04-11").live;
  EXPECT_FALSE(ReportClock(coverage).not_known_since);
  coverage.live = LiveSince("2026-04-12").live;
  EXPECT_EQ(ReportClock(coverage).not_known_since, Day("2026-04-10"));
}

}  // namespace
}  // namespace holdfast
