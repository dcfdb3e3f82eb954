// An authority: its place, what its sources cover, and its import runs. One subject holds them;
// each partition has a copy of what its children's histories need, which learns from the first. No
// clock, no randomness, no I/O.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "holdfast/cases/v1/cases_commands.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/clock.h"
#include "libs/permanence/coverage.h"
#include "libs/policy/stated_aim.h"

namespace holdfast::cases {

struct ImportRun {
  v1::Submission submission;
  bool repair = false;
  std::vector<v1::ImportFile> files;
  std::string by;  // the identity that began it
  Instant started_at;
  bool finished = false;
  bool withdrawn = false;
  v1::ImportRunFinished finish;  // once finished
};

struct AuthorityFacts {
  bool registered = false;
  std::string code;
  std::string name;
  Coverage coverage;
  std::vector<StatedAim> aims;     // in order of statement
  std::vector<ImportRun> runs;     // in order of beginning
  uint64_t live_source_event = 0;  // of a copy: number of the newest AuthorityLive learnt
  uint64_t aim_source_event = 0;   // the same of AimStated
};

enum class AuthorityRefusal {
  kUnknownAuthority,  // it is not registered
  kUnknownRun,
  kRunNotNewest,  // a later submission of the same year end or day stands: withdraw it first
  kRunWithdrawn,  // nothing can be added to it
  kSheetAhead,    // the as-of day of a sheet is after the deployment's day
  kNameDiffers,   // it is registered with another name
};

std::string_view NameOf(AuthorityRefusal refusal);
std::string_view TextOf(AuthorityRefusal refusal);

struct AuthorityDecision {
  std::vector<v1::CasesEvent> events;  // none: it was already so
  uint64_t run_number = 0;             // of StartImport
};

using AuthorityResult = tl::expected<AuthorityDecision, AuthorityRefusal>;

struct AuthorityContext {
  std::string authority;
  const AuthorityFacts& facts;
  CivilDate today;
  bool manual_clock;
};

AuthorityResult Decide(const AuthorityContext& context, const v1::RegisterAuthority& command);
AuthorityResult Decide(const AuthorityContext& context, const v1::SetAuthorityLive& command);
// An aim that is stated already changes nothing.
AuthorityResult Decide(const AuthorityContext& context, const v1::StateAim& command);
AuthorityResult Decide(const AuthorityContext& context, const v1::StartImport& command);
AuthorityResult Decide(const AuthorityContext& context, const v1::FinishImport& command);
AuthorityResult Decide(const AuthorityContext& context, const v1::WithdrawRun& command);
// A copy learns the authority's event; what it already knows changes nothing.
AuthorityResult Decide(const AuthorityContext& context, const v1::LearnOfAuthority& command);

// `facts` after `event`, which was recorded at `recorded_at`.
void Apply(const v1::CasesEvent& event, Instant recorded_at, AuthorityFacts& facts);

// The subject that holds an authority's facts, and its copy in `partition` of `count`.
SubjectId AuthoritySubject(std::string_view authority);
SubjectId AuthorityCopySubject(std::string_view authority, uint32_t partition, uint32_t count);

}  // namespace holdfast::cases
