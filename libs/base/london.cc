#include "libs/base/london.h"

namespace holdfast {
namespace {

Instant LastSundayAtOne(int year, unsigned month) {
  const auto last_sunday = std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                                                 std::chrono::Sunday[std::chrono::last]);
  return Instant(last_sunday) + std::chrono::hours(1);
}

}  // namespace

CivilDate LondonDay(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const int year = static_cast<int>(std::chrono::year_month_day(day).year());
  const bool summer = instant >= LastSundayAtOne(year, 3) && instant < LastSundayAtOne(year, 10);
  const auto local = instant + (summer ? std::chrono::hours(1) : std::chrono::hours(0));
  return CivilDate(static_cast<int32_t>(
      std::chrono::floor<std::chrono::days>(local).time_since_epoch().count()));
}

}  // namespace holdfast
