// Entries of a history, found by id, by what they hold, or by the day on which they are open.
#pragma once

#include <optional>
#include <vector>

#include "libs/permanence/build_history.h"

namespace holdfast::cases {

struct FoundEntry {
  EntryId id;
  CivilDate start;
  std::vector<FactId> facts;
};

std::optional<FoundEntry> FindEntry(const History& history, EntryKind kind, const EntryId& id);

// Entries of `kind` that had begun by `day` and had not ended at its end.
std::vector<FoundEntry> EntriesOpenOn(const History& history, EntryKind kind, CivilDate day);

// The entry that holds `fact`.
std::optional<EntryId> EntryHolding(const History& history, const FactId& fact);

}  // namespace holdfast::cases
