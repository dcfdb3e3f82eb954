// What an authority's returns leave open, before an import and after it.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "tools/import/record.h"

namespace holdfast::import {

struct OpenCounts {
  // Children.
  uint64_t overlap = 0;
  uint64_t two_open = 0;
  uint64_t lacks_continuation = 0;  // 388
  uint64_t after_died = 0;
  // Keys.
  uint64_t not_in_next_return = 0;
  uint64_t removed_in_resubmission = 0;
};

OpenCounts CountOpen(const Findings& findings);

// A child and the day of an episode.
using EpisodeKeys = std::set<std::pair<SubjectId, CivilDate>>;

struct FindingChanges {
  uint64_t vanished = 0;  // keys now not in the next return that were not so before
  uint64_t returned = 0;  // the reverse, of keys that the return just imported states
  uint64_t moved = 0;     // new offers
};

FindingChanges CompareFindings(const Findings& before, const Findings& after,
                               const EpisodeKeys& stated);

// A dry run stores nothing: of the children that it speaks of, `findings` become what its answers
// say.
void Suppose(const std::vector<cases::v1::StateReturnRowsAnswer>& answers, Findings& findings);

}  // namespace holdfast::import
