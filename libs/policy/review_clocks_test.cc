// The clocks of England's reviews: Care Planning, Placement and Case Review (England) Regulations
// 2010, regulation 33.
#include <gtest/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

TEST(FirstReview, IsDueTwentyWorkingDaysAfterTheDayCareStarts) {
  // 14 and 17 April 2017 were Good Friday and Easter Monday, 1 May a bank holiday.
  const auto runs = RunsOf("eng-review-1", ChildInTests().CareStarts("2017-04-03"));
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].entry, EntryNamed("care 2017-04-03"));
  EXPECT_EQ(runs[0].occurrence, 1);
  EXPECT_EQ(runs[0].due, Day("2017-05-04"));
  EXPECT_FALSE(runs[0].stop);
  EXPECT_EQ(runs[0].lead_days, 28);
  EXPECT_EQ(ConfidenceMark(runs[0].confidence), "K")
      << "what a working day is was not read in the law";
}

TEST(FirstReview, StopsAtTheFirstReviewHeldEvenOnTheFirstDay) {
  const auto runs =
      RunsOf("eng-review-1",
             ChildInTests().CareStarts("2017-04-03").Review("2017-04-03").Review("2017-06-01"));
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].stop->on, Day("2017-04-03"));
  EXPECT_EQ(runs[0].stop->event, StopEvent::kReview);
  EXPECT_EQ(runs[0].stop->entry, EntryNamed("review 2017-04-03"));
}

TEST(LaterReviews, FollowThreeMonthsAfterTheFirstThenSixAfterEach) {
  const auto child = ChildInTests()
                         .CareStarts("2016-11-01")
                         .Review("2016-11-30")
                         .Review("2017-02-28")
                         .Review("2017-08-31");
  const auto second = RunsOf("eng-review-2", child);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].entry, EntryNamed("review 2016-11-30"));
  EXPECT_EQ(second[0].due, Day("2017-02-28")) << "February has no 30th: its last day";
  EXPECT_EQ(second[0].stop->on, Day("2017-02-28"));
  EXPECT_EQ(ConfidenceMark(second[0].confidence), "C");
  const auto later = RunsOf("eng-review-n", child);
  ASSERT_EQ(later.size(), 2u);
  EXPECT_EQ(later[0].entry, EntryNamed("review 2017-02-28"));
  EXPECT_EQ(later[0].due, Day("2017-08-28"));
  EXPECT_EQ(later[0].stop->on, Day("2017-08-31"));
  EXPECT_EQ(later[1].due, Day("2018-02-28"));
  EXPECT_FALSE(later[1].stop);
}

TEST(UnknownCareStart, RunsNoFirstStepsAndTheFirstReviewSeenStartsTheLaterOnes) {
  const auto child =
      ChildInTests().CareStartsOnOrBefore("2017-04-03").Review("2017-05-10").Review("2017-11-09");
  EXPECT_TRUE(RunsOf("eng-review-1", child).empty());
  EXPECT_TRUE(RunsOf("eng-review-2", child).empty());
  const auto later = RunsOf("eng-review-n", child);
  ASSERT_EQ(later.size(), 2u);
  EXPECT_EQ(later[0].due, Day("2017-11-10"));
  EXPECT_EQ(later[0].stop->on, Day("2017-11-09"));
  EXPECT_TRUE(later[0].earlier_reviews_not_known);
  EXPECT_FALSE(
      RunsOf("eng-review-n",
             ChildInTests().CareStarts("2017-04-03").Review("2017-04-20").Review("2017-07-01"))[0]
          .earlier_reviews_not_known);
}

TEST(ReviewClocks, EndWithTheCarePeriodAndBeginAfreshInTheNext) {
  const auto child = ChildInTests()
                         .CareStarts("2017-04-03")
                         .Review("2017-04-20")
                         .CareEnds("2017-06-01")
                         .CareStarts("2017-06-01")
                         .Review("2017-06-01");
  const auto second = RunsOf("eng-review-2", child);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].stop->event, StopEvent::kCareEnded);
  EXPECT_EQ(second[0].stop->on, Day("2017-06-01"));
  EXPECT_TRUE(second[0].stop->stated);
  const auto first = RunsOf("eng-review-1", child);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_NE(first[0].entry, first[1].entry);
  EXPECT_EQ(first[1].occurrence, 1);
  EXPECT_EQ(first[1].stop->on, Day("2017-06-01"))
      << "on a shared day a review belongs to the later period";
}

TEST(ReviewClocks, AreStoppedByAReviewOnTheLastDayWhichStartsNothing) {
  const auto child = ChildInTests()
                         .CareStarts("2017-04-03")
                         .Review("2017-04-20")
                         .CareEnds("2017-06-01")
                         .Review("2017-06-01");
  const auto second = RunsOf("eng-review-2", child);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].stop->event, StopEvent::kReview);
  EXPECT_TRUE(RunsOf("eng-review-n", child).empty());
}

TEST(ReviewClocks, IgnoreReviewsOutsideCare) {
  const auto child = ChildInTests()
                         .CareStarts("2017-04-03")
                         .CareEnds("2017-04-10")
                         .ReviewOutsideCare("2017-04-12");
  EXPECT_EQ(RunsOf("eng-review-1", child)[0].stop->event, StopEvent::kCareEnded);
  EXPECT_TRUE(RunsOf("eng-review-2", child).empty());
}

TEST(ReviewClocks, StopWhenTheChildDiesAndNoneStartsAfterwards) {
  auto child = ChildInTests()
                   .CareStarts("2017-04-03")
                   .Review("2017-04-20")
                   .Review("2017-05-20")
                   .Died("2017-05-10");
  child.CareStarts("2017-07-01");  // a believed row after a stated death
  const auto second = RunsOf("eng-review-2", child);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].stop->event, StopEvent::kDied);
  EXPECT_EQ(second[0].stop->on, Day("2017-05-10"));
  EXPECT_EQ(RunsOf("eng-review-1", child).size(), 1u);
  EXPECT_TRUE(RunsOf("eng-review-n", child).empty());
}

TEST(ReviewClocks, RunFromTheDayOnWhichTheirLawIsInForce) {
  EXPECT_TRUE(RunsOf("eng-review-1", ChildInTests().CareStarts("2011-03-31")).empty());
  EXPECT_EQ(RunsOf("eng-review-1", ChildInTests().CareStarts("2011-04-01")).size(), 1u);
}

TEST(FirstReview, IsNotKnownWhenItsLimitLeavesTheCalendar) {
  for (const char* start : {"2011-12-20", "2028-12-20"}) {
    const auto runs = RunsOf("eng-review-1", ChildInTests().CareStarts(start));
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_FALSE(runs[0].due) << start;
    EXPECT_EQ(runs[0].not_known_since, Day(start));
  }
}

TEST(OtherLaw, ShortBreaksRunNoReviewClockAndAfterThemTheFirstReviewStartsAfresh) {
  for (const char* code : {"V3", "V4"}) {
    const auto child = ChildInTests()
                           .CareStarts("2017-04-03")
                           .LegalStatus(code, "2017-04-03", "2017-09-04")
                           .LegalStatus("C2", "2017-09-04")
                           .Review("2017-06-01")
                           .Review("2017-09-20");
    const auto first = RunsOf("eng-review-1", child);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].start, Day("2017-09-04"));
    EXPECT_EQ(first[0].entry, EntryNamed("care 2017-04-03"));
    EXPECT_EQ(first[0].occurrence, 1);
    EXPECT_EQ(first[0].stop->on, Day("2017-09-20"))
        << "a review before it starts nothing and stops nothing";
    EXPECT_EQ(RunsOf("eng-review-2", child).size(), 1u);
    EXPECT_TRUE(RunsOf("eng-review-n", child).empty());
  }
}

TEST(OtherLaw, AnAdoptivePlacementStopsWhatRunsAndItsEndIsTheSecondOccurrence) {
  for (const char* place : {"A3", "A4", "A5", "A6"}) {
    const auto child = ChildInTests()
                           .CareStarts("2017-04-03")
                           .Placement("U6", "2017-04-03", "2017-08-01")
                           .Placement(place, "2017-08-01", "2017-12-01")
                           .Placement("U6", "2017-12-01")
                           .Review("2017-04-20")
                           .Review("2017-09-01");
    const auto second = RunsOf("eng-review-2", child);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].stop->event, StopEvent::kOtherLaw);
    EXPECT_EQ(second[0].stop->on, Day("2017-08-01"));
    EXPECT_EQ(second[0].stop->detail, "placed for adoption");
    const auto first = RunsOf("eng-review-1", child);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].start, Day("2017-12-01"));
    EXPECT_EQ(first[1].occurrence, 2);
    EXPECT_NE(AlertIdOf(SubjectId{}, first[0]), AlertIdOf(SubjectId{}, first[1]));
  }
}

TEST(OtherLaw, ThatChangesWithinAPlacementCountsFromItsOwnDay) {
  auto child = ChildInTests().CareStarts("2017-04-03").Placement("U5", "2017-04-03");
  child.history().care_periods[0].placements[0].places.push_back({Day("2017-08-01"), "A5"});
  EXPECT_EQ(RunsOf("eng-review-1", child)[0].stop->on, Day("2017-08-01"));
}

TEST(OtherLaw, OfACarePeriodOfUnknownStartStillEndsOnAKnownDay) {
  const auto child = ChildInTests()
                         .CareStartsOnOrBefore("2017-04-03")
                         .LegalStatus("V3", "2017-04-03", "2017-09-04")
                         .LegalStatus("V2", "2017-09-04");
  EXPECT_EQ(RunsOf("eng-review-1", child)[0].start, Day("2017-09-04"));
}

TEST(OtherLaw, GoesOnThroughDaysOnWhichTheChildIsNotKnown) {
  auto child = ChildInTests().CareStarts("2017-04-03").LegalStatus("V4", "2017-04-03");
  child.history().legal_statuses[0].not_known_since = Day("2018-03-31");
  child.CareIsNotKnownSince("2018-03-31");
  EXPECT_TRUE(RunsOf("eng-review-1", child).empty());
  child.history().care_days[0].days.end = Day("2019-05-01");
  child.history().care_periods[0].not_known_since.reset();
  child.LegalStatus("C1", "2019-05-01");
  EXPECT_EQ(RunsOf("eng-review-1", child)[0].start, Day("2019-05-01"));
}

}  // namespace
}  // namespace holdfast
