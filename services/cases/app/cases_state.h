// What a shard of cases keeps of one subject: its events as they were stored, with what proceedings
// and contact say of it, and the facts that follow from them. Personal data stays sealed in both.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/facts.h"
#include "libs/shard/keeper.h"
#include "services/cases/domain/authority.h"
#include "services/cases/domain/erasure.h"
#include "services/cases/domain/meeting.h"
#include "services/cases/domain/sibling_group.h"
#include "services/cases/domain/told_child.h"

namespace holdfast::cases {

struct CasesState {
  std::string events;        // what is saved: see cases_state.cc
  std::string owner;         // code of the authority whose subject it is; blank: no events
                             // (of a sibling group, of who made it)
  ChildFacts child;          // of a child
  ToldChild told;            // of a child
  AuthorityFacts authority;  // of an authority, or of a partition's copy of one
  MeetingFacts meeting;      // of a meeting; words sealed
  SiblingGroup group;        // of a sibling group; reasons sealed
  Erasure erasure;           // of a child
};

// The subject with one event more. A payload that is none is a poison event.
Result<void> AddEvent(const AppliedEvent& event, CasesState& state);

// False of an event of another journal that says nothing of a child, such as what a source sent
// before it is known whose it is. True where that cannot be read.
bool SaysOfAChild(const SourceEvent& event);

// The subject with an event of another journal more, of proceedings or contact, where it says
// something of a child. A payload that is none is a poison event.
Result<void> AddHeard(const SourceEvent& event, CasesState& state);

// The state whose `events` were these bytes.
Result<CasesState> StateOfEvents(const SubjectId& subject, std::string_view events);

// Each event of cases in order.
using VisitEvent = std::function<Result<void>(const AppliedEvent&)>;
Result<void> VisitEvents(const SubjectId& subject, std::string_view events,
                         const VisitEvent& visit);

}  // namespace holdfast::cases
