// What the sources of an authority have said they cover: without it, silence could not be told from
// absence.
#pragma once

#include <optional>
#include <vector>

#include "holdfast/cases/v1/returns.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/permanence/view.h"

namespace holdfast {

// A whole return of one year end, imported to its end. It covers 1 April before the year end to the
// year end.
struct ReturnCoverage {
  CivilDate year_end;
  RunId run;
  std::vector<cases::v1::ReturnTable> tables;
  Instant recorded_at;
  std::optional<Instant> withdrawn_at;  // reported at the year end, like the return
};

// From a day on, the authority's own record covers all that a team can state.
struct LiveCoverage {
  CivilDate from;
  CivilDate reported;
  Instant recorded_at;
};

// What one authority's sources cover, in order of recording.
struct Coverage {
  std::vector<ReturnCoverage> returns;
  std::vector<LiveCoverage> live;
};

// The year ends of whole returns with `table` that `view` sees, ascending, each once.
std::vector<CivilDate> CoveredYearEnds(const Coverage& coverage, cases::v1::ReturnTable table,
                                       const View& view);

// The first day that the authority's record covers as `view` sees it; nothing when it is not live.
std::optional<CivilDate> LiveFrom(const Coverage& coverage, const View& view);

// First day of the year that a return of `year_end` covers: 1 April before it.
CivilDate YearStart(CivilDate year_end);

}  // namespace holdfast
