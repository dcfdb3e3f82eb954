// The words of a child's contact: opened for a decision or a read, sealed before they are stored.
#pragma once

#include <vector>

#include "libs/crypto/personal_sealer.h"
#include "libs/permanence/facts.h"
#include "libs/shard/keeper.h"

namespace holdfast::contact {

// Whose words they are.
struct ChildPlace {
  AuthorityCode authority;
  SubjectId child;
};

// A copy of `facts` with the words of contact open; what has lost its key is erased. Failures as PersonalSealer::Open.
Result<ChildFacts> OpenWords(PersonalSealer& sealer, const ChildPlace& place,
                             const ChildFacts& facts);

// The events as they are stored, sealed under the child's data key. KEY_ERASED.
Result<std::vector<NewEvent>> SealEvents(PersonalSealer& sealer, const ChildPlace& place,
                                         const KeyId& key, std::vector<v1::ContactEvent> events);

}  // namespace holdfast::contact
