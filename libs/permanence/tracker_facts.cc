#include "libs/permanence/tracker_facts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace holdfast {
namespace {

using namespace cases::v1;

using Versions = std::map<CivilDate, const TrackerVersion*>;  // by as-of day

std::set<RunId> Withdrawn(const ChildFacts& facts, const View& view) {
  std::set<RunId> runs;
  for (const auto& withdrawal : facts.withdrawals) {
    if (view.Sees(withdrawal.year_end, withdrawal.recorded_at)) runs.insert(withdrawal.run);
  }
  return runs;
}

// `versions`: those that count, one of each as-of day, never empty.
RecordFact Standing(const Versions& versions, const TrackerVersion& first) {
  const TrackerVersion& newest = *versions.rbegin()->second;
  const TrackerVersion* saying = &newest;
  for (auto earlier = versions.rbegin(); earlier != versions.rend(); ++earlier) {
    if (earlier->second->on != newest.on) break;
    saying = earlier->second;
  }
  return {.fact = newest.fact,
          .assertion = saying->assertion,
          .reported = saying->as_of,
          .kind = newest.kind,
          .on = newest.on,
          .code = newest.code,
          .until = {},
          .entry_facts = {},
          .first_on = first.on};
}

std::optional<FactKind> StartOfEnd(FactKind kind) {
  switch (kind) {
    case FACT_KIND_CARE_END:
      return FACT_KIND_CARE_START;
    case FACT_KIND_PLACEMENT_END:
      return FACT_KIND_PLACEMENT_START;
    case FACT_KIND_MISSING_END:
      return FACT_KIND_MISSING_START;
    default:
      return std::nullopt;
  }
}

// `standing` is by day.
void GiveEndsTheirStarts(std::vector<RecordFact>& standing) {
  for (auto& end : standing) {
    const auto kind = StartOfEnd(end.kind);
    if (!kind) continue;
    const RecordFact* start = nullptr;
    for (const auto& fact : standing) {
      if (fact.kind == *kind && fact.on <= end.on) start = &fact;
    }
    if (start) end.entry_facts = {start->fact};
  }
}

}  // namespace

std::vector<RecordFact> StandingTracker(const ChildFacts& facts, const View& view) {
  if (facts.tracker.empty()) return {};
  const auto withdrawn = Withdrawn(facts, view);
  std::map<FactId, Versions> by_fact;
  std::map<FactId, const TrackerVersion*> first;
  for (const auto& version : facts.tracker) {
    if (!view.Sees(version.as_of, version.recorded_at) || withdrawn.contains(version.run)) continue;
    auto& of_day = by_fact[version.fact][version.as_of];
    if (!of_day || of_day->run_number <= version.run_number) of_day = &version;
    auto& earliest = first[version.fact];
    if (!earliest || version.Rank() < earliest->Rank()) earliest = &version;
  }
  std::vector<RecordFact> standing;
  for (const auto& [fact, versions] : by_fact)
    standing.push_back(Standing(versions, *first.at(fact)));
  std::ranges::sort(standing, {},
                    [](const RecordFact& fact) { return std::tuple(fact.on, fact.fact); });
  GiveEndsTheirStarts(standing);
  return standing;
}

}  // namespace holdfast
