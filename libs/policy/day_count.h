// How a limit counts its days. The wording differs from law to law, so each limit has a rule of its
// own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/policy/calendar.h"

namespace holdfast {

// What is counted. A month ends on the corresponding day, or on the last of the month where there
// is none.
enum class LimitUnit { kDays, kWeeks, kMonths, kWorkingDays };

// Whether the start is day one ("beginning with"), or the day after it is ("within .. of",
// "after"); or whether the n-th working day after the start is meant itself, and no day before it.
enum class Counting { kExclusive, kInclusive, kNthDay };

struct Limit {
  int count = 0;
  LimitUnit unit = LimitUnit::kDays;
  Counting counting = Counting::kExclusive;
  std::string calendar;  // of working days; blank for other units

  bool operator==(const Limit&) const = default;
};

// The count of a limit from one start.
struct DayCount {
  // The last permitted day; nothing when it leaves the years of its calendar, or time itself.
  std::optional<CivilDate> last_day;
  std::vector<CivilDate> holidays_left_out;  // on days that would else have been counted
  int weekend_days_left_out = 0;
};

// Counts `limit` from `start`. `calendar` is used for working days only, and then not null. A start
// that is no working day is not day one of an inclusive count: the next working day is.
DayCount CountDays(const Limit& limit, CivilDate start, const WorkingDays* calendar);

// The limit in words that what it starts from can follow, such as "20 working days, the first being
// the day after".
std::string DescribeLimit(const Limit& limit);

// How the days from `start` were counted, in words, with the holidays that were left out.
std::string DescribeDayCount(const Limit& limit, CivilDate start, const WorkingDays* calendar);

}  // namespace holdfast
