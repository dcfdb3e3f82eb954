// An alert as callers see it.
#pragma once

#include <optional>
#include <string_view>

#include "holdfast/alerting/v1/alerting_service.pb.h"
#include "libs/crypto/personal_sealer.h"
#include "services/alerting/app/alerting_state.h"

namespace holdfast::alerting {

// As the command line writes a state, such as not_known; blank for the one that is never written.
std::string_view NameOf(v1::AlertState state);
std::optional<v1::AlertState> StateNamed(std::string_view name);

// Of a child's alert; without the local id, which stays sealed.
v1::AlertView ViewOf(const SubjectId& child, const AlertingState& state, const Alert& alert);

// Where a child's local id is sealed.
struct Registration {
  AssertionId assertion;
  common::v1::PersonalField personal;
};

inline Registration RegistrationOf(const ChildFacts& facts) {
  return {facts.registration, facts.personal};
}

struct ChildPlace {
  AuthorityCode authority;
  SubjectId child;
};

// The local id; blank when it was erased. `registrations` is of cases. Failures as
// PersonalSealer::OpenField.
Result<std::string> LocalIdOf(PersonalSealer& registrations, const ChildPlace& place,
                              const Registration& registration);

}  // namespace holdfast::alerting
