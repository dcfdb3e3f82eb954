// The figures of one authority and year, counted from national's rows.
#pragma once

#include <optional>
#include <string>

#include "libs/measures/year_counts.h"
#include "libs/policy/policy_set.h"
#include "services/national/app/national_fold.h"

namespace holdfast::national {

struct YearQuestion {
  std::string authority;
  CivilDate year_end;  // of the authority's nation
  CivilDate known_at;
};

// The counts from all events up to `point`, and none after it; nothing when the authority has none.
// The rows of this authority alone are read, a partition at a time.
Result<std::optional<YearCounts>> CountYear(const YearQuestion& question, const ReadPoint& point,
                                            const OpenPart& open_part, const PolicySet& policies);

}  // namespace holdfast::national
