// Commands on an authority, or on a partition's copy of one, decided by the domain.
#pragma once

#include "libs/shard/keeper.h"
#include "services/cases/domain/authority.h"

namespace holdfast::cases {

// `answer` is the response message of the call, without positions; none for LearnOfAuthority.
Result<Decision> DecideOnAuthority(const AuthorityContext& context, const SubjectId& subject,
                                   const v1::CasesCommand& command);

}  // namespace holdfast::cases
