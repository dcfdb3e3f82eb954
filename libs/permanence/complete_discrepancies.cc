#include "libs/permanence/complete_discrepancies.h"

#include <algorithm>

#include "libs/permanence/entries.h"

namespace holdfast {
namespace {

bool Holds(const ListedEntry& entry, const FactId& fact) {
  return std::ranges::find(entry.facts, fact) != entry.facts.end();
}

// The entry that a discrepancy between sources is about: of a pair the one that counts.
EntryId EntryOf(const Discrepancy& discrepancy, const std::vector<ListedEntry>& entries) {
  for (const auto& version : discrepancy.versions) {
    if (!discrepancy.counts.empty() && version.source != discrepancy.counts) continue;
    for (const auto& entry : entries) {
      if (NameOf(entry.kind) == discrepancy.entry_kind && Holds(entry, version.fact))
        return entry.id;
    }
  }
  return {};
}

// What identifies a discrepancy of its kind.
std::string IdentityOf(const Discrepancy& discrepancy) {
  std::string identity;
  if (!discrepancy.identity.empty()) {
    for (const auto& part : discrepancy.identity) identity += part;
  } else if (!discrepancy.field.empty()) {
    identity = discrepancy.entry.Bytes();
  } else {
    for (const auto& fact : discrepancy.facts) identity += fact.Bytes();
  }
  return identity;
}

}  // namespace

void AddVersions(const Assertions& assertions, std::vector<Discrepancy>& discrepancies) {
  for (auto& discrepancy : discrepancies) {
    if (discrepancy.versions.empty()) {
      for (const auto& fact : discrepancy.facts)
        discrepancy.versions.push_back(assertions.Of(fact));
    }
    for (const auto& version : discrepancy.versions)
      discrepancy.opened = std::max(discrepancy.opened, version.reported);
  }
}

void NameDiscrepancies(const SubjectId& child, History& history) {
  if (history.discrepancies.empty()) return;
  auto entries = ListEntries(history);
  std::ranges::move(ListNearEntries(history), std::back_inserter(entries));
  for (auto& discrepancy : history.discrepancies) {
    if (!discrepancy.entry_kind.empty()) discrepancy.entry = EntryOf(discrepancy, entries);
    // Known by agreement and order, in whatever the one departs from the other.
    const std::string field = discrepancy.kind == "departs" ? "" : discrepancy.field;
    discrepancy.id = {
        HashId("discrepancy",
               {child.Bytes(), discrepancy.kind, IdentityOf(discrepancy), field,
                discrepancy.detail, discrepancy.key_day ? discrepancy.key_day->Iso() : ""})};
  }
  std::ranges::sort(history.discrepancies);
}

}  // namespace holdfast
