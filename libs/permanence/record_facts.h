// What the team's record states, as a view sees it: the newest version of each fact that was not
// withdrawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/permanence/facts.h"
#include "libs/permanence/view.h"

namespace holdfast {

// Also what a tracker sheet states: it is stated in the same way, and counts for less.
struct RecordFact {
  FactId fact;
  AssertionId assertion;
  CivilDate reported;  // of this assertion
  cases::v1::FactKind kind = cases::v1::FACT_KIND_UNSPECIFIED;
  CivilDate on;
  std::string code;
  std::optional<CivilDate> until;
  std::vector<FactId> entry_facts;  // held by the entry that the person named, or that an end was
                                    // found to belong to
  bool parallel = false;            // of a plan
  std::string how;                  // of a view
  std::string rate;                 // of a contact direction
  bool contingency = false;         // the same
  std::string state;                // of an aspect of permanence
  CivilDate
      first_on;  // of the assertion with the earliest reported day; of one day, the first recorded
};

// By day, then by fact.
std::vector<RecordFact> StandingRecord(const ChildFacts& facts, const View& view);

}  // namespace holdfast
