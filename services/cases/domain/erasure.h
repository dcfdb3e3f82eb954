// The erasure of a child's record: that it is erased, and the steps by which the keys of its
// personal data come to be destroyed everywhere. No clock, no randomness, no I/O.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/clock.h"

namespace holdfast::cases {

struct ErasureStepTaken {
  v1::ErasureStepDone done;
  Instant at;
};

struct Erasure {
  bool erased = false;
  bool complete = false;
  v1::ChildErased said;  // its reason sealed
  Instant at{};
  std::vector<ErasureStepTaken> steps;  // in the order in which they were done
};

enum class ErasureRefusal {  // in order of precedence
  kUnknownChild,             // the authority has no such child
  kNoReason,
  kNoApprover,
  kSamePerson,  // who approves it is who asks for it
};
std::string_view NameOf(ErasureRefusal refusal);
std::string_view TextOf(ErasureRefusal refusal);

using ErasureEvents = tl::expected<std::vector<v1::CasesEvent>, ErasureRefusal>;

// Of a child that the authority has; the reason in the open. None when it is erased already.
ErasureEvents Decide(const Erasure& erasure, bool is_known, const std::string& authority,
                     const v1::EraseChild& command);
// None when the same instance has said the same before, or the child is not erased.
std::vector<v1::CasesEvent> Decide(const Erasure& erasure, const v1::RecordErasureStep& command);

// `erasure` after `event`.
void Apply(const v1::CasesEvent& event, Instant recorded_at, Erasure& erasure);

// Whether the step is done, by that instance; a blank one: by any.
bool Has(const Erasure& erasure, v1::ErasureStep step, std::string_view instance = {});
// The instances that have done the step.
std::set<std::string> DoneBy(const Erasure& erasure, v1::ErasureStep step);
// The authority, and the sources, whose keys wrap what is destroyed, in order.
std::vector<std::string> Bodies(const Erasure& erasure);
// The version of the body's new key; 0: none was made yet.
uint32_t NewVersion(const Erasure& erasure, std::string_view body);

// What a step was, for a person.
std::string WhatWasDone(const v1::ErasureStepDone& step);

}  // namespace holdfast::cases
