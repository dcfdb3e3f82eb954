// The national measures of one authority and year as exact counts that can be added up. Each
// child's history is counted once. What they mean: DefinitionOf. Not disclosure-controlled.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/measures/measure.h"
#include "libs/measures/permanence_counts.h"
#include "libs/permanence/history.h"

namespace holdfast {

// How a child stands to the review clocks that were due in a year.
enum class ReviewsInYear { kNoneDue, kAllOnTime, kSomeLate, kNotKnown };

// Sums over children; two of them add up to that of both.
struct YearCounts {
  uint64_t looked_after = 0;
  uint64_t looked_after_disputed = 0;         // after a stated death
  uint64_t short_breaks = 0;                  // of looked after
  std::map<std::string, uint64_t> not_known;  // by why
  uint64_t starts = 0;
  uint64_t starts_not_known = 0;
  std::map<std::string, uint64_t> ends;  // by reason, or not_stated
  uint64_t ends_disputed = 0;
  std::map<std::string, uint64_t> placements;  // children, by number of placements
  uint64_t reviews_on_time = 0;
  uint64_t reviews_due = 0;  // children with a review clock due and known
  uint64_t reviews_not_known = 0;
  Histogram days_to_adoption;  // adoption orders, by days since the agency decision
  uint64_t adoptions_without_decision = 0;
  uint64_t adoptions_disputed = 0;
  uint64_t start_not_known = 0;  // of looked after without short breaks
  PermanenceCounts permanence;

  bool operator==(const YearCounts&) const = default;
};

// Adds one child's part in the year that ends on `year_end`, but `permanence`.
void Count(const History& history, ReviewsInYear reviews, CivilDate year_end, YearCounts& counts);

void Add(const YearCounts& other, YearCounts& counts);

// The figures that the counts give, always all of them and in one order.
std::vector<Measure> MeasuresOf(const YearCounts& counts, Nation nation);

}  // namespace holdfast
