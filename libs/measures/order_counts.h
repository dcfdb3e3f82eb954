// Hearings, interim orders, and orders at home. What they mean to a reader: DefinitionOf.
#pragma once

#include "libs/measures/disputes.h"
#include "libs/measures/histogram.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"

namespace holdfast {

// Sums over children; two of each add up to that of both.
struct HearingCounts {
  uint64_t held = 0;
  uint64_t continued = 0;
  uint64_t cancelled = 0;
  uint64_t not_known = 0;  // set for a day of the year, and nobody has said what became of it
  uint64_t disputed = 0;   // of held and continued
  uint64_t children = 0;   // with a hearing or an order in the year

  bool operator==(const HearingCounts&) const = default;
};
struct InterimRunCounts {
  Histogram days;
  uint64_t open = 0;         // of them
  uint64_t over_66_days = 0;  // of them, of interim compulsory supervision orders alone
  uint64_t unknown = 0;
  uint64_t disputed = 0;

  bool operator==(const InterimRunCounts&) const = default;
};
struct HomeOrderCounts {
  Histogram days;
  uint64_t reviewed = 0;  // of those over two years
  uint64_t unknown = 0;
  uint64_t disputed = 0;

  bool operator==(const HomeOrderCounts&) const = default;
};

// Each adds one child's part. `known_at`: hearings after it are still to come.
void CountHearings(const History& history, const Disputes& disputes, const Year& year,
                   CivilDate known_at, HearingCounts& counts);
void CountInterimRuns(const History& history, const Disputes& disputes, const Year& year,
                      InterimRunCounts& counts);
void CountHomeOrder(const History& history, const Disputes& disputes, const Year& year,
                    HomeOrderCounts& counts);

void Add(const HearingCounts& other, HearingCounts& counts);
void Add(const InterimRunCounts& other, InterimRunCounts& counts);
void Add(const HomeOrderCounts& other, HomeOrderCounts& counts);

// The figures without their definitions.
Measure HearingsPerChild(const HearingCounts& counts);
Measure InterimRuns(const InterimRunCounts& counts, Nation nation);
Measure HomeOrderDays(const HomeOrderCounts& counts);

}  // namespace holdfast
