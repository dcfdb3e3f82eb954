#include "libs/measures/year.h"

#include "libs/permanence/coverage.h"

namespace holdfast {

Year YearEnding(CivilDate year_end) { return {YearStart(year_end), year_end}; }

bool IsYearEnd(Nation nation, CivilDate day) {
  return day.day() == 31 && day.month() == (nation == Nation::kScotland ? 7 : 3);
}

Nation NationOfFigures(std::string_view authority) {
  return NationOf(authority).value_or(Nation::kEngland);
}

bool IsShortBreak(const CareDays& days) {
  return days.legal_status == "V3" || days.legal_status == "V4";
}

}  // namespace holdfast
