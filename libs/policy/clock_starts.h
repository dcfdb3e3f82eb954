// What starts a clock, and what stopped it: read from a history, one start after the other.
#pragma once

#include <optional>
#include <vector>

#include "libs/policy/care_stretches.h"

namespace holdfast {

// How often reviews are held, as agreed with child and carer.
struct AgreedInterval {
  CivilDate on;
  Limit limit;
};

struct ClockStart {
  CivilDate on;
  EntryId entry;
  std::vector<FactId> facts;
  std::optional<ClockStop> stop;
  const CarePeriod* period = nullptr;  // that it runs in, if it does
  bool earlier_reviews_not_known = false;
  std::vector<CivilDate> extensions{};  // the last takes the place of the last permitted day
  std::optional<AgreedInterval> agreed{};
  std::optional<CivilDate> due_by;          // the last permitted day is no later
  bool always_known = false;  // what stops it is stated by none but the record that started it
};

// Of a clock that runs in care, in these stretches, by start. In a stretch of unknown start the
// first review that is seen may be any: it starts the later ones.
std::vector<ClockStart> StartsInCare(const PolicyClock& clock, const History& history,
                                     const std::vector<CareStretch>& stretches);

// Of a clock that always runs: each decision, recommendation, application or appointment that it
// starts at, by day.
std::vector<ClockStart> StartsOfEvents(const PolicyClock& clock, const History& history);

// Of a clock of agreements about contact: each that was agreed, of its purpose those without one; where
// the clock repeats, each of their reviews too.
std::vector<ClockStart> StartsOfContact(const PolicyClock& clock, const History& history);

// Of a clock of decisions about siblings: each. The day of its review, where it states one, is the
// last permitted one.
std::vector<ClockStart> StartsOfSiblings(const History& history);

}  // namespace holdfast
