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

// Days of one care period on which a clock applies without a break.
struct CareStretch {
  const CarePeriod* period;
  EntryId entry;              // that its start is known by
  std::vector<FactId> facts;  // of that entry
  CivilDate start;
  bool start_known = true;
  std::optional<ClockStop> end;        // none: it goes on
  std::vector<const Review*> reviews;  // held in it, its last day included, by day
};

// Where a care period and with it all clocks of care end for good: death, or the end of the period.
std::optional<ClockStop> EndOfCare(const History& history, const CarePeriod& period);

// Gives `stretch` the reviews of its care period that were held in it.
void AddReviews(const History& history, CareStretch* stretch);

// Where ordinary law applies, by start: the first stretch of a care period starts with it, the
// others where other law ended. They hold pointers into `history`.
std::vector<CareStretch> CareStretches(const History& history, const std::vector<OtherLaw>& laws);

// Where a child is placed as `placed` says, by start: from the first day of such a placement, or of
// the order if that is later, to the day on which the last of them, the order or care ended. A
// review on a day that one stretch ends and the next starts belongs to the next.
std::vector<CareStretch> PlacedStretches(const History& history, const PlacedIn& placed);

}  // namespace holdfast
