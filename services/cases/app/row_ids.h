// The ids of what a return or a tracker sheet states: of the authority's identity key, the same on every retry and import.
#pragma once

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "libs/crypto/identity.h"

namespace holdfast::cases {

// Whose ids they are. `key` is the authority's identity key.
struct IdSpace {
  const SecretKey& key;
  const AuthorityCode& authority;
};

// Source ssda903/CODE; natural key: child id, number of the table, key day as ISO or blank.
void DeriveRowIds(const IdSpace& space, const SubjectId& child, const CommandId& command_id,
                  v1::StateReturnRows& command);

// Source tracker/CODE; natural key: child id, number of the kind, code.
void DeriveCellIds(const IdSpace& space, const SubjectId& child, const CommandId& command_id,
                   v1::StateTrackerRow& command);

// The subjects that a command begins, and the assertion of a command on one.
SubjectId MeetingOf(const IdSpace& space, const CommandId& command_id);
SubjectId SiblingGroupOf(const IdSpace& space, const CommandId& command_id);
AssertionId SaidOf(const IdSpace& space, const SubjectId& subject, const CommandId& command_id);

// The assertion of a child's registration: of the child's id as a fact, and the command id.
AssertionId RegistrationOf(const IdSpace& space, const SubjectId& child, const CommandId& command_id);

}  // namespace holdfast::cases
