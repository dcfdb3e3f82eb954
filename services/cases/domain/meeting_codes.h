// The words in which a meeting is stated: our own codes, none of them about one person.
#pragma once

#include <optional>
#include <string_view>

#include "holdfast/cases/v1/cases_events.pb.h"

namespace holdfast::cases {

// review, plan_meeting, panel, hearing, core_group.
bool IsMeetingKind(std::string_view kind);
// What a meeting of that kind states of each of its children; nothing of a plan meeting or a core
// group, which state only what they decide.
std::optional<v1::FactKind> FactOfMeeting(std::string_view kind);
// The part in which somebody comes: child, parent, carer, social_worker and so on.
bool IsPart(std::string_view part);
// What a meeting can decide of a child: recommendation, agency_decision, plan, match, service_asked.
std::optional<v1::FactKind> FactOfDecision(std::string_view what);
// HH:MM, 00:00 to 23:59.
bool IsTimeOfDay(std::string_view time);

}  // namespace holdfast::cases
