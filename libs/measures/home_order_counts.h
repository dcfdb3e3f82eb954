// Children at home under an order. What they mean to a reader: DefinitionOf.
#pragma once

#include "libs/measures/disputes.h"
#include "libs/measures/histogram.h"
#include "libs/measures/measure.h"
#include "libs/measures/year.h"

namespace holdfast {

// Sums over children; two of them add up to that of both.
struct HomeOrderCounts {
  Histogram days;
  uint64_t reviewed = 0;  // of those over two years
  uint64_t unknown = 0;
  uint64_t disputed = 0;

  bool operator==(const HomeOrderCounts&) const = default;
};

// Adds one child's part.
void CountHomeOrder(const History& history, const Disputes& disputes, const Year& year,
                    HomeOrderCounts& counts);

void Add(const HomeOrderCounts& other, HomeOrderCounts& counts);

// The figure without its definition.
Measure HomeOrderDays(const HomeOrderCounts& counts);

}  // namespace holdfast
