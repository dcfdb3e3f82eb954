#include "libs/policy/day_count.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

// So that no count from any day leaves what a CivilDate can hold before it is looked at.
constexpr int kLongestCount = 100'000;

DayCount CountWorkingDays(const Limit& limit, CivilDate start, const WorkingDays& calendar) {
  DayCount counted;
  CivilDate day = limit.counting == Counting::kInclusive ? start : start.PlusDays(1);
  if (!calendar.Knows(start)) return counted;
  for (int left = limit.count;; day = day.PlusDays(1)) {
    if (!calendar.Knows(day)) return counted;
    if (calendar.IsWorkingDay(day)) {
      if (--left == 0) break;
    } else if (calendar.weekend[static_cast<size_t>(day.weekday())]) {
      ++counted.weekend_days_left_out;
    } else {
      counted.holidays_left_out.push_back(day);
    }
  }
  counted.last_day = day;
  return counted;
}

CivilDate LastDay(const Limit& limit, CivilDate start) {
  const int first_day_counts = limit.counting == Counting::kInclusive ? 1 : 0;
  switch (limit.unit) {
    case LimitUnit::kWeeks:
      return start.PlusDays(7 * limit.count - first_day_counts);
    case LimitUnit::kMonths:
      return start.PlusMonths(limit.count).PlusDays(-first_day_counts);
    default:
      return start.PlusDays(limit.count - first_day_counts);
  }
}

std::string UnitName(LimitUnit unit, int count) {
  std::string name;
  switch (unit) {
    case LimitUnit::kDays:
      name = "day";
      break;
    case LimitUnit::kWeeks:
      name = "week";
      break;
    case LimitUnit::kMonths:
      name = "month";
      break;
    case LimitUnit::kWorkingDays:
      name = "working day";
      break;
  }
  return count == 1 ? name : name + "s";
}

std::string LeftOut(const DayCount& counted, const WorkingDays& calendar) {
  std::string text;
  if (counted.weekend_days_left_out > 0) {
    text = std::to_string(counted.weekend_days_left_out) + " days of weekends";
  }
  for (const CivilDate day : counted.holidays_left_out) {
    if (!text.empty()) text += "; ";
    text += day.Iso() + " " + calendar.holidays.at(day);
  }
  return text;
}

}  // namespace

DayCount CountDays(const Limit& limit, CivilDate start, const WorkingDays* calendar) {
  HOLDFAST_CHECK(limit.count > 0 && limit.count <= kLongestCount);
  if (limit.unit == LimitUnit::kWorkingDays) {
    HOLDFAST_CHECK(calendar != nullptr);
    return CountWorkingDays(limit, start, *calendar);
  }
  DayCount counted;
  const CivilDate last_day = LastDay(limit, start);
  if (last_day <= kDistantFuture) counted.last_day = last_day;
  return counted;
}

std::string DescribeLimit(const Limit& limit) {
  const std::string count = std::to_string(limit.count) + " " + UnitName(limit.unit, limit.count);
  switch (limit.counting) {
    case Counting::kExclusive:
      return limit.unit == LimitUnit::kMonths ? count + " after"
                                              : count + ", the first being the day after";
    case Counting::kInclusive:
      return count + ", the first being the day of";
    case Counting::kNthDay:
      break;
  }
  return "on " + UnitName(limit.unit, 1) + " number " + std::to_string(limit.count) + " after";
}

std::string DescribeDayCount(const Limit& limit, CivilDate start, const WorkingDays* calendar) {
  const DayCount counted = CountDays(limit, start, calendar);
  std::string text = DescribeLimit(limit) + " " + start.Iso();
  if (!counted.last_day) {
    text += "; the last permitted day is not known";
    if (calendar != nullptr) {
      text += ", for " + calendar->title + " are known from " +
              std::to_string(calendar->first_year) + " to " + std::to_string(calendar->last_year);
    }
    return text;
  }
  text += "; the last permitted day is " + counted.last_day->Iso();
  if (limit.unit == LimitUnit::kMonths && limit.counting == Counting::kExclusive &&
      counted.last_day->day() != start.day()) {
    text += ", the last of its month";
  }
  if (calendar != nullptr) {
    const std::string left_out = LeftOut(counted, *calendar);
    if (!left_out.empty()) text += " (not counted: " + left_out + ")";
  }
  return text;
}

}  // namespace holdfast
