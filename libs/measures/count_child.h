// From one child's facts to its part in the figures of a year.
#pragma once

#include <span>

#include "libs/measures/year_counts.h"
#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/view.h"
#include "libs/policy/clock_run.h"

namespace holdfast {

// How a child stands to the review clocks that `year_end`'s year asked for, as known at the end of
// `known_at`. A child who was looked after on some day of the year and of whom no clock counts is
// not known.
ReviewsInYear ReviewsIn(const History& history, std::span<const ClockRun> runs, CivilDate year_end,
                        CivilDate known_at);

// What the figures are made with, for all children of one authority.
struct YearCounting {
  const Coverage& coverage;
  const PolicySet& policies;
  View view;
  CivilDate year_end;
};

// Adds the child's part, its history and clocks being derived from `facts`.
void CountChild(const SubjectId& child, const ChildFacts& facts, const YearCounting& counting,
                YearCounts& counts);

}  // namespace holdfast
