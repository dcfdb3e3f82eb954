// Day counting, by the wording of the law: "beginning with", "within .. of", "working days",
// months.
#include "libs/policy/day_count.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/policy/child_in_tests.h"

namespace holdfast {
namespace {

const WorkingDays& England() { return *ShippedPolicies().FindCalendar("england-and-wales"); }

std::string LastDay(int count, LimitUnit unit, Counting counting, std::string_view start) {
  const auto counted =
      CountDays({.count = count, .unit = unit, .counting = counting}, Day(start), &England());
  return counted.last_day ? counted.last_day->Iso() : "not known";
}

TEST(DayCount, FollowsTheWording) {
  struct {
    int count;
    LimitUnit unit;
    Counting counting;
    const char* start;
    const char* last_day;
  } const cases[] = {
      {21, LimitUnit::kDays, Counting::kInclusive, "2017-05-01", "2017-05-21"},
      {21, LimitUnit::kDays, Counting::kExclusive, "2017-05-01", "2017-05-22"},
      {90, LimitUnit::kDays, Counting::kExclusive, "2017-12-02", "2018-03-02"},
      {6, LimitUnit::kWeeks, Counting::kExclusive, "2017-05-01", "2017-06-12"},
      {6, LimitUnit::kWeeks, Counting::kInclusive, "2017-05-01", "2017-06-11"},
      {3, LimitUnit::kMonths, Counting::kExclusive, "2017-05-15", "2017-08-15"},
      {3, LimitUnit::kMonths, Counting::kInclusive, "2017-05-15", "2017-08-14"},
      {3, LimitUnit::kMonths, Counting::kExclusive, "2017-11-30", "2018-02-28"},
      {3, LimitUnit::kMonths, Counting::kExclusive, "2019-11-30", "2020-02-29"},
      {6, LimitUnit::kMonths, Counting::kExclusive, "2017-08-31", "2018-02-28"},
      {6, LimitUnit::kMonths, Counting::kExclusive, "2018-02-28", "2018-08-28"},
      {1, LimitUnit::kMonths, Counting::kInclusive, "2018-01-31", "2018-02-27"},
      {1, LimitUnit::kWorkingDays, Counting::kExclusive, "2017-05-05", "2017-05-08"},
      {1, LimitUnit::kWorkingDays, Counting::kInclusive, "2017-05-05", "2017-05-05"},
      {1, LimitUnit::kWorkingDays, Counting::kInclusive, "2017-05-06", "2017-05-08"},
      {5, LimitUnit::kWorkingDays, Counting::kNthDay, "2017-05-05", "2017-05-12"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(LastDay(c.count, c.unit, c.counting, c.start), c.last_day)
        << c.count << " from " << c.start;
  }
}

TEST(WorkingDays, LeaveOutWeekendsAndTheHolidaysOfEachYear) {
  struct {
    const char* start;
    const char* twentieth;
  } const cases[] = {
      {"2017-05-02", "2017-05-31"},  // spring bank holiday
      {"2017-03-30", "2017-05-02"},  // Good Friday, Easter Monday, early May
      {"2017-12-15", "2018-01-17"},  // Christmas, Boxing Day, New Year
      {"2021-12-17",
       "2022-01-19"},  // Christmas Day, Boxing Day and New Year's Day fell on a weekend
      {"2020-04-27", "2020-05-27"},  // early May moved to Friday 8 May; 25 May
      {"2022-05-20", "2022-06-21"},  // 2 and 3 June; none on 30 May
      {"2022-09-01", "2022-09-30"},  // the State Funeral, 19 September
      {"2023-04-20", "2023-05-22"},  // 1 May, the coronation on 8 May
  };
  for (const auto& c : cases) {
    EXPECT_EQ(LastDay(20, LimitUnit::kWorkingDays, Counting::kExclusive, c.start), c.twentieth)
        << c.start;
  }
}

TEST(WorkingDays, AreNotKnownOutsideTheYearsOfTheirCalendar) {
  for (const char* start : {"2011-12-31", "2028-12-15", "2035-01-01"}) {
    EXPECT_EQ(LastDay(20, LimitUnit::kWorkingDays, Counting::kExclusive, start), "not known");
  }
  EXPECT_EQ(LastDay(1, LimitUnit::kWorkingDays, Counting::kExclusive, "2012-01-01"), "2012-01-03");
  EXPECT_EQ(LastDay(1, LimitUnit::kWorkingDays, Counting::kExclusive, "2028-12-28"), "2028-12-29");
}

TEST(DayCount, SaysHowItCounted) {
  const Limit twenty{.count = 20, .unit = LimitUnit::kWorkingDays};
  EXPECT_EQ(DescribeDayCount(twenty, Day("2017-04-03"), &England()),
            "20 working days, the first being the day after 2017-04-03; the last permitted day is "
            "2017-05-04 "
            "(not counted: 8 days of weekends; 2017-04-14 Good Friday; 2017-04-17 Easter Monday; "
            "2017-05-01 Early May bank holiday)");
  EXPECT_EQ(DescribeDayCount(twenty, Day("2029-01-03"), &England()),
            "20 working days, the first being the day after 2029-01-03; the last permitted day is "
            "not known, for "
            "Working days in England and Wales are known from 2012 to 2028");
  const Limit six_months{.count = 6, .unit = LimitUnit::kMonths};
  EXPECT_EQ(
      DescribeDayCount(six_months, Day("2017-08-31"), nullptr),
      "6 months after 2017-08-31; the last permitted day is 2018-02-28, the last of its month");
}

CivilDate AnyDayOf2012To2027() {
  return Day("2012-01-01").PlusDays(*rc::gen::inRange(0, 365 * 16));
}

RC_GTEST_PROP(WorkingDays, EndOnAWorkingDayWithExactlySoManyBetween, ()) {
  const CivilDate start = AnyDayOf2012To2027();
  const int count = *rc::gen::inRange(1, 60);
  const auto last =
      CountDays({.count = count, .unit = LimitUnit::kWorkingDays}, start, &England()).last_day;
  RC_ASSERT(last.has_value());
  int working = 0;
  for (CivilDate day = start.PlusDays(1); day <= *last; day = day.PlusDays(1))
    working += England().IsWorkingDay(day);
  RC_ASSERT(working == count);
  RC_ASSERT(England().IsWorkingDay(*last));
}

RC_GTEST_PROP(DayCount, OfALaterStartNeverEndsEarlier, ()) {
  const CivilDate start = AnyDayOf2012To2027();
  const Limit limit{.count = *rc::gen::inRange(1, 40),
                    .unit = *rc::gen::element(LimitUnit::kDays, LimitUnit::kWeeks,
                                              LimitUnit::kMonths, LimitUnit::kWorkingDays),
                    .counting = *rc::gen::element(Counting::kExclusive, Counting::kInclusive)};
  const auto one = CountDays(limit, start, &England()).last_day;
  const auto next = CountDays(limit, start.PlusDays(1), &England()).last_day;
  if (one && next) RC_ASSERT(*one <= *next);
}

}  // namespace
}  // namespace holdfast
