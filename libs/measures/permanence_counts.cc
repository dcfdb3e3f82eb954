#include "libs/measures/permanence_counts.h"

namespace holdfast {

void CountPermanence(const History& history, const Year& year, CivilDate known_at,
                     PermanenceCounts& counts) {
  const Disputes disputes(history);
  CountIntervals(history, disputes, year, counts.intervals);
  CountHearings(history, disputes, year, known_at, counts.hearings);
  CountInterimRuns(history, disputes, year, counts.interim_runs);
  CountHomeOrder(history, disputes, year, counts.home_orders);
  CountGates(history, disputes, year, counts.gates);
}

void Add(const PermanenceCounts& other, PermanenceCounts& counts) {
  for (size_t i = 0; i < kIntervals.size(); ++i) Add(other.intervals[i], counts.intervals[i]);
  Add(other.hearings, counts.hearings);
  Add(other.interim_runs, counts.interim_runs);
  Add(other.home_orders, counts.home_orders);
  for (size_t i = 0; i < kGateKinds.size(); ++i) Add(other.gates[i], counts.gates[i]);
}

std::vector<Measure> PermanenceMeasures(const PermanenceCounts& counts, Nation nation) {
  std::vector<Measure> measures;
  for (size_t i = 0; i < kIntervals.size(); ++i)
    measures.push_back(MeasureOf(kIntervals[i], counts.intervals[i]));
  measures.push_back(HearingsPerChild(counts.hearings));
  measures.push_back(InterimRuns(counts.interim_runs, nation));
  measures.push_back(HomeOrderDays(counts.home_orders));
  measures.push_back(DecisionsAsRecommended(counts.gates));
  return measures;
}

}  // namespace holdfast
