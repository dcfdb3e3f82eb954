#include "services/cases/domain/find_entry.h"

#include <algorithm>

#include "libs/permanence/entries.h"

namespace holdfast::cases {
namespace {

FoundEntry Found(const ListedEntry& listed) { return {listed.id, listed.start, listed.facts}; }

}  // namespace

std::optional<FoundEntry> FindEntry(const History& history, EntryKind kind, const EntryId& id) {
  for (const auto& listed : ListEntries(history)) {
    if (listed.kind == kind && listed.id == id) return Found(listed);
  }
  return std::nullopt;
}

std::vector<FoundEntry> EntriesOpenOn(const History& history, EntryKind kind, CivilDate day) {
  std::vector<FoundEntry> open;
  for (const auto& listed : ListEntries(history)) {
    if (listed.kind == kind && listed.start <= day && (!listed.end || day < *listed.end))
      open.push_back(Found(listed));
  }
  return open;
}

std::optional<EntryId> EntryHolding(const History& history, const FactId& fact) {
  for (const auto& listed : ListEntries(history)) {
    if (std::ranges::find(listed.facts, fact) != listed.facts.end()) return listed.id;
  }
  return std::nullopt;
}

}  // namespace holdfast::cases
