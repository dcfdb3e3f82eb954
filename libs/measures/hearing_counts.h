// Hearings of a year. What they mean to a reader: DefinitionOf.
#pragma once

#include "libs/measures/disputes.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"

namespace holdfast {

// Sums over children; two of them add up to that of both.
struct HearingCounts {
  uint64_t held = 0;
  uint64_t continued = 0;
  uint64_t cancelled = 0;
  uint64_t not_known = 0;  // set for a day of the year, and nobody has said what became of it
  uint64_t disputed = 0;   // of held and continued
  uint64_t children = 0;   // with a hearing or an order in the year

  bool operator==(const HearingCounts&) const = default;
};

// Adds one child's part. `known_at`: hearings set for a day after it are still to come.
void CountHearings(const History& history, const Disputes& disputes, const Year& year,
                   CivilDate known_at, HearingCounts& counts);

void Add(const HearingCounts& other, HearingCounts& counts);

// The figure without its definition.
Measure HearingsPerChild(const HearingCounts& counts);

}  // namespace holdfast
