// What one child's rows of a return come to. No clock, no randomness, no I/O: all that a decision
// needs is in its arguments.
#pragma once

#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"

namespace holdfast::cases {

struct StateReturnRowsDecision {
  std::vector<v1::CasesEvent> events;  // none when all was already stated by this layer
  v1::StateReturnRowsAnswer answer;
};

// Rules 2, 12 to 16 of the import, decided on the child's facts. `facts` and `command` have their
// personal data open. Deciding again on the facts after these events gives no event, the same
// refusals, and all else unchanged.
StateReturnRowsDecision Decide(const ChildFacts& facts, const Coverage& coverage,
                               const v1::StateReturnRows& command);

}  // namespace holdfast::cases
