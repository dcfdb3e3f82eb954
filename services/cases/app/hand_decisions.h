// What a team states by hand, decided by the domain: opened before, sealed after.
#pragma once

#include "services/cases/app/child_decisions.h"

namespace holdfast::cases {

Result<Decision> DecideByHand(const ChildContext& context, v1::RegisterChild command);
Result<Decision> DecideByHand(const ChildContext& context, const v1::AssignCase& command);
Result<Decision> DecideByHand(const ChildContext& context, const v1::RecordFact& command);
Result<Decision> DecideByHand(const ChildContext& context, const v1::CorrectFact& command);
Result<Decision> DecideByHand(const ChildContext& context, const v1::WithdrawFact& command);
Result<Decision> DecideByHand(const ChildContext& context, const v1::ResolveDiscrepancy& command);

// What a meeting or a sibling group tells the child; a TellAnswer in the answer.
Result<Decision> DecideTold(const ChildContext& context, const v1::CasesCommand& command);

}  // namespace holdfast::cases
