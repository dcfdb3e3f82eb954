// The year that figures are of.
#pragma once

#include "libs/base/civil_date.h"
#include "libs/base/nation.h"
#include "libs/permanence/history.h"

namespace holdfast {

// Both days belong to it.
struct Year {
  CivilDate first;
  CivilDate last;

  bool Holds(CivilDate day) const { return first <= day && day <= last; }
};

// Children of a nation are counted in years that end on 31 July (Scotland) or 31 March (England).
Year YearEnding(CivilDate year_end);
bool IsYearEnd(Nation nation, CivilDate day);
// The nation whose year and measures an authority has: England's unless it is Scotland's.
Nation NationOfFigures(std::string_view authority);

// True on days of a series of short breaks, of which Scotland's codes have none.
bool IsShortBreak(const CareDays& days);

}  // namespace holdfast
