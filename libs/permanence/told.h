// What a child was told of its meetings and sibling groups, and what of it stands ahead.
#pragma once

#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"
#include "libs/permanence/view.h"

namespace holdfast {

ToldMeeting ToldOf(const cases::v1::MeetingTold& told, CivilDate reported, Instant recorded_at);
ToldSiblings ToldOf(const cases::v1::SiblingsTold& told, CivilDate reported, Instant recorded_at);

// The meetings that are planned as `view` sees them, by day. A hearing is not among them: it is a
// proceeding of the child.
std::vector<PlannedMeeting> PlannedMeetings(const SubjectId& child, const ChildFacts& facts,
                                            const View& view);

// What was decided of where the child and its siblings live, by day, then group. A decision stands
// until the next of its group, or until the child is no longer one of it.
std::vector<SiblingDecision> SiblingDecisions(const SubjectId& child, const ChildFacts& facts,
                                              const View& view);

}  // namespace holdfast
