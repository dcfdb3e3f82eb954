// A group of brothers and sisters, of no one authority: each authority that was given its id joins
// and takes away its own children, and states where they are to live. No clock, no randomness, no
// I/O. Deciding again yields nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast::cases {

struct SiblingGroup {
  std::string created_by;  // code of the authority; blank: there is none
  std::vector<v1::Sibling> children;
  std::vector<v1::Sibling> ever;  // also those who have left
  std::vector<v1::SiblingsDecided> decisions;
  std::map<std::string, KeyId> keys;  // the data key of an authority's decisions
  uint64_t version = 0;  // number in the journal of its newest event but those that say who knows
  uint64_t told = 0;     // the same of what all its children know
};

// Why it is refused, in order of precedence.
enum class SiblingRefusal {
  kUnknownGroup,  // there is none; or, to decide, one without a child of the authority
  kGroupFull,     // 30 children
  kNotInGroup,    // a child whom the group does not have
  kNoSuchSiblingDecision,
  kNoDay,
  kFutureDay,
  kReviewBeforeDay,
  kFewSiblings,  // a decision about fewer than two children
  kNoReason,
};

std::string_view NameOf(SiblingRefusal refusal);
std::string_view TextOf(SiblingRefusal refusal);

struct SiblingContext {
  std::string authority;  // the command's
  const SiblingGroup& group;  // the reasons of the authority's own decisions are open where they can be
  CivilDate today;
  bool manual_clock;
};

using SiblingResult = tl::expected<std::vector<v1::CasesEvent>, SiblingRefusal>;

SiblingResult Decide(const SiblingContext& context, const v1::CreateSiblingGroup& command);
// The child is one of the authority's: who asks has looked.
SiblingResult Decide(const SiblingContext& context, const v1::JoinSiblings& command);
SiblingResult Decide(const SiblingContext& context, const v1::LeaveSiblings& command);
SiblingResult Decide(const SiblingContext& context, const v1::DecideSiblings& command);
SiblingResult Decide(const SiblingContext& context, const v1::ConfirmTold& command);

// `group` after `event`, the `number`-th of its journal. Never fails; events of other subjects
// change nothing.
void Apply(const v1::CasesEvent& event, uint64_t number, SiblingGroup& group);

// Whether the authority has a child in it.
bool HasChildOf(const SiblingGroup& group, std::string_view authority);

// What `child`, one that was ever in it, is to know of the group `id`.
v1::SiblingsTold ToldTo(const v1::Sibling& child, const SubjectId& id, const SiblingGroup& group);

}  // namespace holdfast::cases
