// The kinds of fact that a team can state: their codes, and the entries they belong to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/nation.h"
#include "libs/permanence/history.h"

namespace holdfast::cases {

bool IsFactKind(v1::FactKind kind);
// The kind with this name, such as care_start.
std::optional<v1::FactKind> FactKindNamed(std::string_view name);
// Its name, such as care_start.
std::string_view NameOf(v1::FactKind kind);

// True of what states the end of an entry: care_end, application_disposed.
bool IsEnd(v1::FactKind kind);
// True of what states something else of an entry that goes on: application_issued.
bool SaysMore(v1::FactKind kind);
EntryKind EntryKindOf(v1::FactKind kind);

bool NeedsCode(v1::FactKind kind);
// True if `code` is one of the kind's in that nation, of whatever year; of none: in any.
bool HasCode(v1::FactKind kind, const std::string& code, std::optional<Nation> nation);

// True of orders, applications, their extensions and hearings: a last day can be stated; of
// extensions it must be.
bool HasUntil(v1::FactKind kind);
// True of a contact direction: it is of an order, which is named.
bool NeedsEntry(v1::FactKind kind);
// How a view was given: in_person written through_advocate drawn_or_played other.
bool IsHow(std::string_view code);
bool NeedsUntil(v1::FactKind kind);
// True of an aspect of permanence, and of what one can be: not_started, in_progress, reached.
bool HasState(v1::FactKind kind);
bool IsState(const std::string& state);
// True of a hearing that is not said to have been held, continued or cancelled: its day may lie ahead.
bool IsPlanned(v1::FactKind kind, const std::string& code);

}  // namespace holdfast::cases
