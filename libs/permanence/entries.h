// Every entry of a history, whatever its kind.
#pragma once

#include <optional>
#include <vector>

#include "libs/permanence/history.h"

namespace holdfast {

struct ListedEntry {
  EntryKind kind;
  EntryId id;
  CivilDate start;
  std::optional<CivilDate> end;  // of one day: that day
  std::vector<FactId> facts;
};

// Those that count.
std::vector<ListedEntry> ListEntries(const History& history);
// Those that do not, each near one that does.
std::vector<ListedEntry> ListNearEntries(const History& history);

}  // namespace holdfast
