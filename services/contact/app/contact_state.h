// What a shard of contact keeps of one child: who registered it, as cases says, and its own events.
// Words stay sealed.
#pragma once

#include <string_view>

#include "holdfast/contact/v1/contact_state.pb.h"
#include "libs/permanence/facts.h"
#include "libs/shard/keeper.h"

namespace holdfast::contact {

struct ContactState {
  v1::KeptChild kept;  // what is saved; the facts follow from it
  ChildFacts child;
};

// The child with one event more: its own, or one of cases, of which only its registration is kept.
// A payload that is none is a poison event.
Result<void> AddOwnEvent(const AppliedEvent& event, ContactState& state);
Result<void> AddCasesEvent(const AppliedEvent& event, ContactState& state);

// Whether an event of cases says that its child's record is erased.
bool IsErasure(std::string_view cases_event);

Result<ContactState> StateOfKept(v1::KeptChild kept);

// Read-model rows: the child of each fact of an authority.
std::string FactRow(std::string_view authority, std::string_view fact);
std::vector<IndexRow> IndexRowsOf(const SubjectId& subject, const ContactState& state);

}  // namespace holdfast::contact
