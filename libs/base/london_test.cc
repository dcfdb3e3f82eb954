#include "libs/base/london.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

Instant At(int year, int month, int day, int hour, int minute) {
  return Instant(std::chrono::sys_days(
             std::chrono::days(CivilDate::FromYmd(year, month, day)->days_since_epoch()))) +
         std::chrono::hours(hour) + std::chrono::minutes(minute);
}

TEST(London, IsAnHourAheadInSummer) {
  EXPECT_EQ(LondonDay(At(2026, 7, 1, 23, 30)).Iso(), "2026-07-02");
  EXPECT_EQ(LondonDay(At(2026, 1, 1, 23, 30)).Iso(), "2026-01-01");
}

TEST(London, ChangesOnTheLastSundaysOfMarchAndOctober) {
  EXPECT_EQ(LondonDay(At(2026, 3, 28, 23, 30)).Iso(), "2026-03-28");
  EXPECT_EQ(LondonDay(At(2026, 3, 29, 23, 30)).Iso(), "2026-03-30");
  EXPECT_EQ(LondonDay(At(2026, 10, 24, 23, 30)).Iso(), "2026-10-25");
  EXPECT_EQ(LondonDay(At(2026, 10, 25, 23, 30)).Iso(), "2026-10-25");
}

}  // namespace
}  // namespace holdfast
