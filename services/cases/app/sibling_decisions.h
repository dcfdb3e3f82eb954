// Commands on a sibling group, decided by the domain: opened before, sealed after.
#pragma once

#include "services/cases/app/child_decisions.h"

namespace holdfast::cases {

// `context` is of the group, in the place of a child, and of the authority that asks. The response
// message of the call is in the answer, without positions.
Result<Decision> DecideOnSiblings(const ChildContext& context, v1::CasesCommand command);

}  // namespace holdfast::cases
