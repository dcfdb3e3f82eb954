#include "libs/base/civil_date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace holdfast {
namespace {

TEST(CivilDate, ReadsBothFormsAndNothingElse) {
  EXPECT_EQ(CivilDate::FromBritish("29/02/2024"), CivilDate::FromYmd(2024, 2, 29));
  EXPECT_EQ(CivilDate::FromIso("2024-02-29"), CivilDate::FromYmd(2024, 2, 29));
  for (const char* bad : {"", "29/02/2023", "1/2/2024", "2024-2-9", "31/04/2024", "00/01/2024",
                          "2024-02-30", "29/02/24", " 9/02/2024", "29-02-2024", "2024/02/29"}) {
    EXPECT_FALSE(CivilDate::FromBritish(bad)) << bad;
    EXPECT_FALSE(CivilDate::FromIso(bad)) << bad;
  }
}

TEST(CivilDate, CountsMonthsToTheLastDayWhereThereIsNoCorrespondingOne) {
  const CivilDate end_of_august = *CivilDate::FromYmd(2023, 8, 31);
  EXPECT_EQ(end_of_august.PlusMonths(6).Iso(), "2024-02-29");
  EXPECT_EQ(end_of_august.PlusMonths(3).Iso(), "2023-11-30");
  EXPECT_EQ(CivilDate::FromYmd(2023, 11, 15)->PlusMonths(3).Iso(), "2024-02-15");
}

TEST(CivilDate, KnowsItsWeekday) {
  EXPECT_EQ(CivilDate::FromYmd(2026, 11, 22)->weekday(), 6);
  EXPECT_EQ(CivilDate::FromYmd(1969, 12, 29)->weekday(), 0);
}

RC_GTEST_PROP(CivilDate, IsReadBackAsWritten, ()) {
  const CivilDate date(
      *rc::gen::inRange(kDistantPast.days_since_epoch(), kDistantFuture.days_since_epoch() + 1));
  RC_ASSERT(CivilDate::FromIso(date.Iso()) == date);
}

}  // namespace
}  // namespace holdfast
