// What the papers on permanence ask of a year beside the return's figures: milestones, hearings,
// interim orders, orders at home, recommendations. For both nations.
#pragma once

#include <vector>

#include "libs/measures/gate_counts.h"
#include "libs/measures/hearing_counts.h"
#include "libs/measures/home_order_counts.h"
#include "libs/measures/interim_run_counts.h"
#include "libs/measures/interval_counts.h"

namespace holdfast {

// Sums over children; two of them add up to that of both.
struct PermanenceCounts {
  AllIntervalCounts intervals;
  HearingCounts hearings;
  InterimRunCounts interim_runs;
  HomeOrderCounts home_orders;
  AllGateCounts gates;

  bool operator==(const PermanenceCounts&) const = default;
};

// Adds one child's part in `year`. `known_at`: what is set for a day after it is still to come.
void CountPermanence(const History& history, const Year& year, CivilDate known_at,
                     PermanenceCounts& counts);

void Add(const PermanenceCounts& other, PermanenceCounts& counts);

// The figures without their definitions, always all of them and in one order.
std::vector<Measure> PermanenceMeasures(const PermanenceCounts& counts, Nation nation);

}  // namespace holdfast
