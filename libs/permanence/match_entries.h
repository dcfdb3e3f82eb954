// Which facts of two sources are one entry (design: entries of several sources). Pure; independent
// of arrival.
#pragma once

#include <optional>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast {

// What one source says, as far as matching goes. All of one kind (and code, for orders).
struct EntryVersion {
  CivilDate day;          // present key day
  CivilDate first_day;    // first key day
  bool day_known = true;  // false: on or before `day`
  std::optional<CivilDate> end;
  std::vector<FactId> facts;
  std::vector<FactId> named;  // facts of the entry that a person said it belongs to
};

// One entry: a version of either source, or of both.
struct EntryMatch {
  std::optional<size_t> of_return;
  std::optional<size_t> of_record;
};

// A pair that two sources probably mean as one, and nobody has said so.
struct NearPair {
  size_t of_return;
  size_t of_record;
};

struct EntryMatches {
  std::vector<EntryMatch> entries;  // those of a return first, in its order, then the record's own
  std::vector<NearPair> near;       // of entries without a common one
};

// By what a person named, then by equal present key day, then by a present day equal to a first
// day, then a version whose start is only "on or before" joins the other's that is current on that
// day. At most one fact of each source to an entry. Near: key days at most 31 apart, nearest pair
// first, ties the earlier.
EntryMatches MatchEntries(const std::vector<EntryVersion>& returns,
                          const std::vector<EntryVersion>& record);

}  // namespace holdfast
