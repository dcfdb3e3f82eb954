// Runs of interim orders. What they mean to a reader: DefinitionOf.
#pragma once

#include "libs/measures/disputes.h"
#include "libs/measures/histogram.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"

namespace holdfast {

// Sums over runs; two of them add up to that of both.
struct InterimRunCounts {
  Histogram days;
  uint64_t open = 0;          // of them
  uint64_t over_66_days = 0;  // of them, of interim compulsory supervision orders alone
  uint64_t unknown = 0;
  uint64_t disputed = 0;

  bool operator==(const InterimRunCounts&) const = default;
};

// Adds the runs of one child.
void CountInterimRuns(const History& history, const Disputes& disputes, const Year& year,
                      InterimRunCounts& counts);

void Add(const InterimRunCounts& other, InterimRunCounts& counts);

// The figure without its definition.
Measure InterimRuns(const InterimRunCounts& counts, Nation nation);

}  // namespace holdfast
