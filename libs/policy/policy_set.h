// The packs and calendars in force together.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/status.h"
#include "libs/policy/pack.h"

namespace holdfast {

// A file of policy: a pack or a calendar, told apart by its first field.
struct PolicyFile {
  std::string name;  // such as england.yaml
  std::string yaml;
};

// Packs whose clocks all have their calendar, no clock in two of them.
struct PolicySet {
  std::vector<Pack> packs;
  std::vector<WorkingDays> calendars;

  // Null when there is no such calendar, or the name is blank.
  const WorkingDays* FindCalendar(std::string_view name) const;
  // The clock of `id` for a start on `day`; null when none is in force.
  const PolicyClock* FindClock(std::string_view id, CivilDate day) const;
};

// The set that `files` make, or what is wrong with the first bad one (reason BAD_POLICY). Any bytes
// may be given.
Result<PolicySet> MakePolicySet(std::span<const PolicyFile> files);

// How sure a clock is: the weakest of its own parts and its calendar.
Confidence ConfidenceOf(const PolicyClock& clock, const PolicySet& policies);

// The files that this program ships with, compiled in.
std::span<const PolicyFile> ShippedPolicyFiles();

// The set of the shipped files.
const PolicySet& ShippedPolicies();

}  // namespace holdfast
