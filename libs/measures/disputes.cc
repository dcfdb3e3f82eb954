#include "libs/measures/disputes.h"

#include "libs/permanence/entries.h"

namespace holdfast {

Disputes::Disputes(const History& history) {
  std::set<FactId> disputed;
  for (const auto& discrepancy : history.discrepancies) {
    if (discrepancy.resolved) continue;
    disputed.insert(discrepancy.facts.begin(), discrepancy.facts.end());
    if (discrepancy.entry != EntryId{}) entries_.insert(discrepancy.entry);
  }
  if (disputed.empty()) return;
  for (const auto& entry : ListEntries(history)) {
    for (const auto& fact : entry.facts) {
      if (disputed.contains(fact)) entries_.insert(entry.id);
    }
  }
}

}  // namespace holdfast
