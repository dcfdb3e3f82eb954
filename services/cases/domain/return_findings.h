// What one child's returns leave open, for the data team that imported them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
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

// True when a submission of that year end that stands says something of the child, be it that it
// lacks what was stated.
bool IsSpokenOf(const ChildFacts& facts, CivilDate year_end);

// True when a tracker sheet as of that day, which stands, states something of the child.
bool IsOnSheet(const ChildFacts& facts, CivilDate as_of);

OpenFindings FindOpen(const ChildFacts& facts, const Coverage& coverage);

// From where an authority's returns are looked at while one is imported.
struct Supposition {
  std::optional<RunId> without;               // as if this run had stated and covered nothing
  std::optional<v1::ReturnCovered> covering;  // as if this submission had been imported to its end

  Coverage Of(Coverage coverage) const;
  ChildFacts Of(ChildFacts facts) const;
};

// What a command's submission will cover when all of it has been stated.
v1::ReturnCovered CoveredBy(const v1::StateReturnRows& command);

// The answer to `command` of `child`, as the newest submission, with what it would leave open.
// Nothing is stored.
v1::StateReturnRowsAnswer Try(const SubjectId& child, const ChildFacts& facts,
                              const Coverage& coverage, const v1::StateReturnRows& command);

void Render(const SubjectId& child, const OpenFindings& open, v1::ReturnFindings& findings);
OpenFindings Read(const v1::ReturnFindings& findings);

}  // namespace holdfast::cases
