// The intervals between the milestones of the national permanence data set, by route and by who
// held the next step. What they mean to a reader: DefinitionOf.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "libs/measures/disputes.h"
#include "libs/measures/histogram.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"
#include "libs/permanence/pathway.h"

namespace holdfast {

struct Interval {
  const char* id;
  Milestone from;
  Milestone to;
};

inline constexpr std::array kIntervals = {
    Interval{"m0_m1", Milestone::kM0, Milestone::kM1},
    Interval{"m1_m2", Milestone::kM1, Milestone::kM2},
    Interval{"m2_m3", Milestone::kM2, Milestone::kM3},
    Interval{"m3_m4", Milestone::kM3, Milestone::kM4},
    Interval{"m4_m5", Milestone::kM4, Milestone::kM5},
    Interval{"m1_m5", Milestone::kM1, Milestone::kM5},
};

// Sums over care periods; two of them add up to that of both.
struct RouteDays {
  Histogram ended;  // by length in days
  Histogram open;   // by age in days at the end of the year

  bool operator==(const RouteDays&) const = default;
};
struct IntervalCounts {
  std::map<std::string, RouteDays> routes;  // not_stated: nobody has named one
  std::map<std::string, uint64_t> holders;  // days of those that ended
  uint64_t excluded = 0;
  uint64_t unknown = 0;
  uint64_t disputed = 0;  // of those that ended

  bool operator==(const IntervalCounts&) const = default;
};

using AllIntervalCounts = std::array<IntervalCounts, kIntervals.size()>;

// Adds the intervals of one child.
void CountIntervals(const History& history, const Disputes& disputes, const Year& year,
                    AllIntervalCounts& counts);

void Add(const IntervalCounts& other, IntervalCounts& counts);

// The figure without its definition.
Measure MeasureOf(const Interval& interval, const IntervalCounts& counts);

}  // namespace holdfast
