// Which facts of several sources are one entry (design: entries of several sources). Pure;
// independent of arrival.
#pragma once

#include <optional>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast {

// What one source says, as far as matching goes. All of one kind (and code, for orders and
// applications).
struct EntryVersion {
  CivilDate day;          // present key day
  CivilDate first_day;    // first key day
  bool day_known = true;  // false: on or before `day`
  std::optional<CivilDate> end;
  std::vector<FactId> facts;
  std::vector<FactId> named;  // facts of the entry that a person said it belongs to
  AssertionId assertion{};    // of its key day; compared with `same` alone
};

// A version: of `source`, its `index`-th.
struct VersionRef {
  size_t source;
  size_t index;

  auto operator<=>(const VersionRef&) const = default;
};

// One entry: a version of each source that states it, by source.
using EntryMatch = std::vector<std::optional<size_t>>;

// Two entries that probably are one, and nobody has said so: the version that counts in each.
struct NearPair {
  VersionRef weaker;
  VersionRef stronger;
};

struct EntryMatches {
  std::vector<EntryMatch> entries;  // those of the weakest source first, in its order
  std::vector<NearPair> near;       // nearest first
};

// Assertions that a person said are of one thing.
using SamePairs = std::vector<std::vector<AssertionId>>;

// `sources`: the versions of each, the source that counts least first. Joins by what a person named
// or said to be the same, then by equal present key day, then by a present day equal to a first
// day, then a version whose start is only "on or before" with the other's that is current on that
// day. At most one version of each source to an entry. Near: key days at most 31 apart, of entries
// without a common source, nearest pair first, ties the earlier.
EntryMatches MatchEntries(const std::vector<std::vector<EntryVersion>>& sources,
                          const SamePairs& same = {});

// The entry that holds `version`.
const EntryMatch& EntryOf(const EntryMatches& matches, const VersionRef& version);

}  // namespace holdfast
