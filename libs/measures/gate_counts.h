// How often what was recommended is what was decided, at each gate. What it means to a reader:
// DefinitionOf.
#pragma once

#include <array>

#include "libs/measures/disputes.h"
#include "libs/measures/histogram.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"
#include "libs/permanence/gates.h"

namespace holdfast {

inline constexpr std::array kGateKinds = {GateKind::kReview,  GateKind::kLegalOpinion,
                                          GateKind::kPanel,   GateKind::kAgencyDecision,
                                          GateKind::kHearing, GateKind::kCourt};

// Sums over decisions; two of them add up to that of both.
struct GateCounts {
  Histogram days;  // of those with something recommended and decided
  uint64_t as_recommended = 0;
  uint64_t unknown = 0;
  uint64_t disputed = 0;

  bool operator==(const GateCounts&) const = default;
};

using AllGateCounts = std::array<GateCounts, kGateKinds.size()>;

// Adds the decisions of one child.
void CountGates(const History& history, const Disputes& disputes, const Year& year,
                AllGateCounts& counts);

void Add(const GateCounts& other, GateCounts& counts);

// The figure without its definition.
Measure DecisionsAsRecommended(const AllGateCounts& counts);

}  // namespace holdfast
