// What was said at meetings, and why siblings live together or apart: opened for a decision or a
// read. What has lost its key is erased.
#pragma once

#include "libs/crypto/personal_sealer.h"
#include "services/cases/app/sealed_facts.h"
#include "services/cases/domain/meeting.h"
#include "services/cases/domain/sibling_group.h"

namespace holdfast::cases {

// `place`: the meeting's authority, and the meeting itself.
Result<MeetingFacts> OpenMeeting(PersonalSealer& sealer, const ChildPlace& place,
                                 const MeetingFacts& meeting);

// The reasons of the authority's own decisions alone; `place`: it, and the group.
Result<SiblingGroup> OpenReasons(PersonalSealer& sealer, const ChildPlace& place,
                                 const SiblingGroup& group);

}  // namespace holdfast::cases
