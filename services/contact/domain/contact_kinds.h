// The kinds of fact about contact, their codes (Holdfast's own), and what each kind can state.
#pragma once

#include <optional>
#include <string_view>

#include "holdfast/contact/v1/contact_events.pb.h"

namespace holdfast::contact {

bool IsContactKind(v1::ContactKind kind);
// agreement, agreement_end, session, observation, contact_view, contact_review.
std::optional<v1::ContactKind> ContactKindNamed(std::string_view name);
std::string_view NameOf(v1::ContactKind kind);

// Relations to the child: mother father parent step_parent sibling grandparent aunt_uncle other_relative former_carer friend
// other.
bool IsParty(std::string_view code);
// A party, or child, carer, worker, authority.
bool IsPerson(std::string_view code);
bool IsWay(std::string_view code);      // direct indirect online
bool IsPurpose(std::string_view code);  // assess_return sustain_identity
bool IsOutcome(std::string_view code);  // continue vary end
// proposed agreed; of sessions planned held missed cancelled.
bool IsState(v1::ContactKind kind, std::string_view code);

// True where the day may lie ahead: of agreements and their ends, and of planned sessions.
bool MayLieAhead(const v1::ContactFact& said);

// True if `said` has a field that its kind has not.
bool HasForeignField(const v1::ContactFact& said);

}  // namespace holdfast::contact
