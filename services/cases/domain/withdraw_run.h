// Taking back what a run of an import stated of one child. No clock, no randomness, no I/O.
#pragma once

#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/facts.h"

namespace holdfast::cases {

// Reported at the run's year end, a sheet's on its as-of day. No event when the run stated nothing of the child, or it was
// taken back before.
std::vector<v1::CasesEvent> Decide(const std::string& authority, const ChildFacts& facts,
                                   const v1::WithdrawRun& command);

}  // namespace holdfast::cases
