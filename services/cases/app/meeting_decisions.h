// Commands on a meeting, decided by the domain: opened before, sealed after.
#pragma once

#include "services/cases/app/child_decisions.h"

namespace holdfast::cases {

// `context` is of the meeting, in the place of a child. The response message of the call is in the
// answer, without positions.
Result<Decision> DecideOnMeeting(const ChildContext& context, v1::CasesCommand command);

}  // namespace holdfast::cases
