#include "libs/measures/count_child.h"

#include <algorithm>

#include "libs/permanence/build_history.h"
#include "libs/policy/reviews_due.h"

namespace holdfast {
namespace {

bool IsLookedAfterIn(const History& history, CivilDate first, CivilDate last) {
  return std::ranges::any_of(history.care_days, [&](const CareDays& care) {
    if (!care.known || care.days.start > last) return false;
    return !care.days.end || *care.days.end > std::max(first, care.days.start);
  });
}

}  // namespace

ReviewsInYear ReviewsIn(const History& history, std::span<const ClockRun> runs, CivilDate year_end,
                        CivilDate known_at) {
  const CivilDate first = YearStart(year_end);
  const ReviewsDue reviews = ReviewsDueIn(runs, history, first, year_end, known_at);
  if (reviews.due > 0)
    return reviews.AllOnTime() ? ReviewsInYear::kAllOnTime : ReviewsInYear::kSomeLate;
  return IsLookedAfterIn(history, first, year_end) ? ReviewsInYear::kNotKnown
                                                   : ReviewsInYear::kNoneDue;
}

void CountChild(const SubjectId& child, const ChildFacts& facts, const YearCounting& counting,
                YearCounts& counts) {
  const History history = BuildHistory(child, facts, counting.coverage, counting.view);
  const auto runs = RunClocks(history, counting.coverage, counting.policies, counting.view);
  Count(history, ReviewsIn(history, runs, counting.year_end, counting.view.known_at),
        counting.year_end, counts);
  CountPermanence(history, YearEnding(counting.year_end), counting.view.known_at,
                  counts.permanence);
}

}  // namespace holdfast
