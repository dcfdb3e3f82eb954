// What one child's row of an authority's tracker sheet comes to. No clock, no randomness, no I/O.
#pragma once

#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/facts.h"

namespace holdfast::cases {

// True of the kinds whose day a sheet can state: all that a person can, but contact.
bool IsSheetKind(v1::FactKind kind);

struct StateTrackerRowDecision {
  std::vector<v1::CasesEvent> events;  // none: the layer of the sheet's day had stated all of it
  v1::StateTrackerRowAnswer answer;
};

// `facts` and `command` have their personal data open. The row as a whole is refused, in this
// order, by the rules no_born, born_ahead, born_differs; a cell by unknown_kind, needs_code,
// no_such_code, no_day, ahead (after the sheet's day), before_birth, twice. A cell is compared with
// what a sheet as of the same day states of its kind and code, else with the newest earlier
// sheet's, never with a later one's; where they are equal but the day's own layer did not state it,
// it is recorded and counts as unchanged. Deciding again on the facts after these events gives no
// event.
StateTrackerRowDecision Decide(const ChildFacts& facts, const v1::StateTrackerRow& command);

}  // namespace holdfast::cases
