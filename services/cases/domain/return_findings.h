// What one child's returns leave open, for the data team that imported them.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/kept_rows.h"

namespace holdfast::cases {

struct OpenFindings {
  std::vector<std::string> kinds;  // overlap, two_open, 388, after_died: each at most once
  std::vector<CivilDate> not_in_next_return;  // key days
  size_t removed_in_resubmission = 0;         // keys
  std::vector<MovedDate> moved;

  bool IsEmpty() const {
    return kinds.empty() && not_in_next_return.empty() && removed_in_resubmission == 0 &&
           moved.empty();
  }
};

// True when a submission of that year end that stands says something of the child, be it that it lacks what was stated.
bool IsSpokenOf(const ChildFacts& facts, CivilDate year_end);

OpenFindings FindOpen(const ChildFacts& facts, const Coverage& coverage);

}  // namespace holdfast::cases
