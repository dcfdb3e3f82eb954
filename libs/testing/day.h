// A day in a test: one that cannot be read is a bug of the test.
#pragma once

#include <string_view>

#include "libs/base/check.h"
#include "libs/base/civil_date.h"

namespace holdfast {

inline CivilDate Day(std::string_view iso) {
  const auto day = CivilDate::FromIso(iso);
  HOLDFAST_CHECK(day.has_value());
  return *day;
}

// 31 March of `year`: the end of the return's year.
inline CivilDate YearEnd(int year) { return *CivilDate::FromYmd(year, 3, 31); }

}  // namespace holdfast
