#include "libs/permanence/record_facts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace holdfast {

std::vector<RecordFact> StandingRecord(const ChildFacts& facts, const View& view) {
  struct Versions {
    const RecordedVersion* newest = nullptr;
    const RecordedVersion* first = nullptr;
  };
  std::map<FactId, Versions> by_fact;
  for (const auto& version : facts.record) {
    if (!view.Sees(version.reported, version.recorded_at)) continue;
    auto& versions = by_fact[version.fact];
    versions.newest = &version;
    if (!versions.first || version.reported < versions.first->reported) versions.first = &version;
  }
  std::vector<RecordFact> standing;
  for (const auto& [fact, versions] : by_fact) {
    if (versions.newest->withdrawn) continue;
    standing.push_back({.fact = fact,
                        .assertion = versions.newest->assertion,
                        .reported = versions.newest->reported,
                        .kind = versions.newest->kind,
                        .on = versions.newest->on,
                        .code = versions.newest->code,
                        .until = versions.newest->until,
                        .entry_facts = versions.newest->entry_facts,
                        .parallel = versions.newest->parallel,
                        .how = versions.newest->how,
                        .rate = versions.newest->rate,
                        .contingency = versions.newest->contingency,
                        .state = versions.newest->state,
                        .first_on = versions.first->on});
  }
  std::ranges::sort(standing, {},
                    [](const RecordFact& fact) { return std::tuple(fact.on, fact.fact); });
  return standing;
}

}  // namespace holdfast
