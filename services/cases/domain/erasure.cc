#include "services/cases/domain/erasure.h"

#include <algorithm>

#include "libs/base/lower_case.h"

namespace holdfast::cases {
namespace {

using v1::CasesEvent;

constexpr size_t kLongestReason_bytes = 1000;
constexpr size_t kLongestApprover_bytes = 200;

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

bool IsBlank(char c) { return c == ' ' || ('\t' <= c && c <= '\r'); }

// Without blanks around it.
std::string_view Trimmed(std::string_view text) {
  while (true) {
    const size_t before = text.size();
    if (text.starts_with(kNoBreakSpace)) text.remove_prefix(kNoBreakSpace.size());
    if (text.ends_with(kNoBreakSpace)) text.remove_suffix(kNoBreakSpace.size());
    if (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
    if (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
    if (text.size() == before) return text;
  }
}

// Whether a person names the identity `uri`, holdfast://BODY/ROLE/NAME, whole or by what stands in
// it, such as NAME, ROLE@BODY or ROLE.
bool IsThePerson(std::string_view approver, std::string_view uri) {
  const std::string named = LowerCase(Trimmed(approver));
  const std::string asked = LowerCase(uri);
  const size_t body_at = asked.find("://");
  if (named == asked || body_at == std::string::npos) return named == asked;
  const std::string rest = asked.substr(body_at + 3);
  const size_t role_at = rest.find('/');
  const size_t name_at = rest.rfind('/');
  if (role_at == std::string::npos || name_at <= role_at) return false;
  const std::string body = rest.substr(0, role_at);
  const std::string role = rest.substr(role_at + 1, name_at - role_at - 1);
  return named == rest.substr(name_at + 1) || named == role || named == role + "@" + body;
}

}  // namespace

ErasureEvents Decide(const Erasure& erasure, bool is_known, const std::string& authority,
                     const v1::EraseChild& command) {
  const auto& reason = command.personal().open().text();
  if (!is_known) return tl::unexpected(ErasureRefusal::kUnknownChild);
  if (Trimmed(reason).empty() || reason.size() > kLongestReason_bytes)
    return tl::unexpected(ErasureRefusal::kNoReason);
  if (Trimmed(command.approver()).empty() || command.approver().size() > kLongestApprover_bytes)
    return tl::unexpected(ErasureRefusal::kNoApprover);
  if (IsThePerson(command.approver(), command.asked_by()))
    return tl::unexpected(ErasureRefusal::kSamePerson);
  if (erasure.erased) return std::vector<CasesEvent>{};
  CasesEvent event;
  auto& erased = *event.mutable_child_erased();
  erased.set_authority(authority);
  erased.set_asked_by(command.asked_by());
  erased.set_approved_by(std::string(Trimmed(command.approver())));
  erased.set_key_id(command.new_key_id());
  erased.set_assertion(command.assertion());
  *erased.mutable_personal() = command.personal();
  return std::vector<CasesEvent>{event};
}

std::vector<CasesEvent> Decide(const Erasure& erasure, const v1::RecordErasureStep& command) {
  const auto& done = command.done();
  const bool is_key = done.step() == v1::ERASURE_STEP_KEY_MADE;
  const bool is_of_each =
      done.step() == v1::ERASURE_STEP_KEY_HELD || done.step() == v1::ERASURE_STEP_OLD_KEY_DESTROYED;
  const bool is_said = is_key ? NewVersion(erasure, done.of()) > 0
                              : Has(erasure, done.step(), is_of_each ? done.instance() : "");
  if (!erasure.erased || is_said) return {};
  CasesEvent event;
  *event.mutable_erasure_step_done() = done;
  event.mutable_erasure_step_done()->set_authority(erasure.said.authority());
  return {event};
}

void Apply(const CasesEvent& event, Instant recorded_at, Erasure& erasure) {
  if (event.has_child_erased()) {
    erasure.erased = true;
    erasure.said = event.child_erased();
    erasure.at = recorded_at;
  }
  if (!event.has_erasure_step_done()) return;
  erasure.steps.push_back({event.erasure_step_done(), recorded_at});
  if (event.erasure_step_done().step() == v1::ERASURE_STEP_COMPLETE) erasure.complete = true;
}

bool Has(const Erasure& erasure, v1::ErasureStep step, std::string_view instance) {
  return std::ranges::any_of(erasure.steps, [&](const ErasureStepTaken& taken) {
    return taken.done.step() == step && (instance.empty() || taken.done.instance() == instance);
  });
}

std::set<std::string> DoneBy(const Erasure& erasure, v1::ErasureStep step) {
  std::set<std::string> instances;
  for (const auto& taken : erasure.steps) {
    if (taken.done.step() == step) instances.insert(taken.done.instance());
  }
  return instances;
}

std::vector<std::string> Bodies(const Erasure& erasure) {
  std::set<std::string> bodies{erasure.said.authority()};
  for (const auto& taken : erasure.steps) {
    for (const auto& key : taken.done.keys()) bodies.insert(key.of());
  }
  return {bodies.begin(), bodies.end()};
}

uint32_t NewVersion(const Erasure& erasure, std::string_view body) {
  for (const auto& taken : erasure.steps) {
    if (taken.done.step() == v1::ERASURE_STEP_KEY_MADE && taken.done.of() == body)
      return taken.done.version();
  }
  return 0;
}

std::string_view NameOf(ErasureRefusal refusal) {
  switch (refusal) {
    case ErasureRefusal::kUnknownChild:
      return "UNKNOWN_CHILD";
    case ErasureRefusal::kNoReason:
      return "NO_REASON";
    case ErasureRefusal::kNoApprover:
      return "NO_APPROVER";
    case ErasureRefusal::kSamePerson:
      return "SAME_PERSON";
  }
  return "";
}

std::string_view TextOf(ErasureRefusal refusal) {
  switch (refusal) {
    case ErasureRefusal::kUnknownChild:
      return "no such child";
    case ErasureRefusal::kNoReason:
      return "a reason is needed, of at most 1,000 bytes";
    case ErasureRefusal::kNoApprover:
      return "somebody else has to approve it: their name is needed, of at most 200 bytes";
    case ErasureRefusal::kSamePerson:
      return "who asks for an erasure cannot approve it";
  }
  return "";
}

std::string WhatWasDone(const v1::ErasureStepDone& step) {
  switch (step.step()) {
    case v1::ERASURE_STEP_PROCEEDINGS:
      return "erased in proceedings, with " + std::to_string(step.keys_size()) + " items";
    case v1::ERASURE_STEP_CONTACT:
      return "erased in contact";
    case v1::ERASURE_STEP_ALERTING:
      return "erased in alerting";
    case v1::ERASURE_STEP_KEYS_DESTROYED:
      return "data keys destroyed";
    case v1::ERASURE_STEP_KEY_MADE:
      return "new key of " + step.of() + " made, version " + std::to_string(step.version());
    case v1::ERASURE_STEP_KEY_HELD:
      return "new keys held, destroyed keys forgotten";
    case v1::ERASURE_STEP_WRAPPED_ANEW:
      return "all other data keys wrapped by the new keys";
    case v1::ERASURE_STEP_OLD_KEY_DESTROYED:
      return "older keys destroyed";
    case v1::ERASURE_STEP_COMPLETE:
      return "confirmed by every instance";
    default:
      return "";
  }
}

}  // namespace holdfast::cases
