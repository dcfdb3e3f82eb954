// Where in a child's care the ordinary clocks run: care periods, without the days on which other
// law applies.
#pragma once

#include <optional>
#include <vector>

#include "libs/permanence/history.h"
#include "libs/policy/clock_run.h"
#include "libs/policy/pack.h"

namespace holdfast {

// Days, half-open, on which other law applies, and which.
struct OtherLawDays {
  Days days;
  const OtherLaw* law;
  std::vector<FactId> facts;
};

// By start; they may overlap. A legal status or place ends where the next one is known to start:
// not in days on which it is not known where the child is.
std::vector<OtherLawDays> OtherLawOf(const History& history, const std::vector<OtherLaw>& laws);

// The other law that applies on `day`, while the child is in care; none: the ordinary clocks run.
std::optional<OtherLawDays> OtherLawOn(const History& history, const Pack& pack, CivilDate day);

// Days of one care period on which ordinary law applies without a break. The first of a period
// starts with it, the others where other law ended.
struct CareStretch {
  const CarePeriod* period;
  CivilDate start;
  bool start_known = true;
  std::optional<ClockStop> end;        // none: it goes on
  std::vector<const Review*> reviews;  // held in it, its last day included, by day
};

// The stretches of all care periods, by start. They hold pointers into `history`.
std::vector<CareStretch> CareStretches(const History& history, const std::vector<OtherLaw>& laws);

}  // namespace holdfast
