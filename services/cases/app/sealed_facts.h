// Personal data of a child's facts and events: opened for a decision or a read, sealed before it is
// stored.
#pragma once

#include <vector>

#include "libs/crypto/personal_sealer.h"
#include "libs/permanence/facts.h"
#include "libs/shard/keeper.h"

namespace holdfast::cases {

// Whose personal data it is.
struct ChildPlace {
  AuthorityCode authority;
  SubjectId child;
};

enum class OpenWhat {
  kAll,
  kPerson,  // the registration and the headers: local id, name, day of birth
  kPersonAndWords,  // and what was said in views
};

// A copy of `facts` with its personal data open; what has lost its key is erased. Failures as
// PersonalSealer::Open.
Result<ChildFacts> OpenFacts(PersonalSealer& sealer, const ChildPlace& place,
                             const ChildFacts& facts, OpenWhat what);

// Opens what courts and reporters call their hearings and orders, which proceedings sealed.
Result<void> OpenRefs(PersonalSealer& of_proceedings, const ChildPlace& place, ChildFacts& facts);

// The events as they are stored, their personal data sealed under the child's data key. KEY_ERASED.
Result<std::vector<NewEvent>> SealEvents(PersonalSealer& sealer, const ChildPlace& place,
                                         const KeyId& key, std::vector<v1::CasesEvent> events);

}  // namespace holdfast::cases
