// Commands on the erasure of a child, decided by the domain; the reason is sealed after, under a
// key of its own.
#pragma once

#include "services/cases/app/child_decisions.h"

namespace holdfast::cases {

// Without an answer: what is done of it is read when it is done.
Result<Decision> DecideErasure(const ChildContext& context, v1::EraseChild command);
Result<Decision> DecideErasureStep(const ChildContext& context,
                                   const v1::RecordErasureStep& command);

}  // namespace holdfast::cases
