#include "services/cases/domain/meeting_said.h"

#include <algorithm>
#include <set>

#include "libs/base/nation.h"
#include "libs/permanence/dates.h"
#include "services/cases/domain/fact_kinds.h"
#include "services/cases/domain/meeting_codes.h"

namespace holdfast::cases {
namespace {

using namespace v1;

constexpr int kMostChildren = 100;

bool AreParts(const auto& parts) {
  return std::ranges::all_of(parts, [](const std::string& part) { return IsPart(part); });
}

std::optional<MeetingRefusal> CheckDay(const SaidContext& context, const MeetingSaid& said) {
  const auto planned = said.has_planned() ? DayOf(said.planned()) : std::nullopt;
  const auto held = said.has_held() ? DayOf(said.held()) : std::nullopt;
  const bool is_day = (!said.has_planned() || planned) && (!said.has_held() || held);
  if (!is_day || (!planned && !held) || (context.is_held && !held)) return MeetingRefusal::kNoDay;
  if (held && *held > context.today) return MeetingRefusal::kFutureDay;
  if (!said.time().empty() && !IsTimeOfDay(said.time())) return MeetingRefusal::kNoSuchTime;
  return std::nullopt;
}

std::optional<MeetingRefusal> CheckChildren(const MeetingSaid& said) {
  if (said.children().empty()) return MeetingRefusal::kNoChildren;
  if (said.children_size() > kMostChildren) return MeetingRefusal::kTooManyChildren;
  std::set<std::string> children;
  for (const auto& named : said.children()) {
    if (!children.insert(named.child()).second) return MeetingRefusal::kChildTwice;
  }
  return std::nullopt;
}

std::optional<MeetingRefusal> CheckParts(const MeetingSaid& said) {
  const bool known = (said.chair().empty() || IsPart(said.chair())) && AreParts(said.invited()) &&
                     AreParts(said.came()) &&
                     std::ranges::all_of(said.decisions(), [](const MeetingDecision& decision) {
                       return decision.by().empty() || IsPart(decision.by());
                     });
  return known ? std::nullopt : std::optional(MeetingRefusal::kNoSuchPart);
}

// A hearing's code is its state, which nobody states; a meeting that is no fact has none.
bool HasChildCode(const SaidContext& context, const MeetingSaid& said, const std::string& code) {
  const auto kind = FactOfMeeting(said.kind());
  return kind && *kind != FACT_KIND_HEARING && HasCode(*kind, code, NationOf(context.authority));
}

std::optional<MeetingRefusal> CheckDecision(const SaidContext& context, const MeetingSaid& said,
                                            const MeetingDecision& decision) {
  const bool is_of_meeting =
      decision.child().empty() ||
      std::ranges::find(said.children(), decision.child(), &MeetingChild::child) !=
          said.children().end();
  if (!is_of_meeting) return MeetingRefusal::kNotOfMeeting;
  if (decision.what().empty() && decision.by().empty()) return MeetingRefusal::kNothingDecided;
  const auto kind = FactOfDecision(decision.what());
  if (!decision.what().empty() && !kind) return MeetingRefusal::kNoSuchDecision;
  if (kind && decision.code().empty() && NeedsCode(*kind)) return MeetingRefusal::kNeedsCode;
  const bool has_code =
      decision.code().empty() ||
      (kind && HasCode(*kind, decision.code(), NationOf(context.authority)));
  if (!has_code) return MeetingRefusal::kNoSuchCode;
  const auto due = decision.has_due() ? DayOf(decision.due()) : std::nullopt;
  if (decision.has_due() && !due) return MeetingRefusal::kNoDay;
  const auto day = DayOf(said.has_held() ? said.held() : said.planned());
  if (due && day && *due < *day) return MeetingRefusal::kDueBeforeMeeting;
  return std::nullopt;
}

}  // namespace

MeetingSaid Merged(const MeetingSaid& before, const MeetingSaid& said) {
  MeetingSaid merged = before;
  // Lists and words are replaced whole.
  if (said.invited_size() > 0) merged.clear_invited();
  if (said.came_size() > 0) merged.clear_came();
  if (said.children_size() > 0) merged.clear_children();
  if (said.decisions_size() > 0) merged.clear_decisions();
  if (said.has_planned()) merged.clear_planned();
  if (said.has_held()) merged.clear_held();
  if (said.has_place()) merged.clear_place();
  if (said.has_notes()) merged.clear_notes();
  merged.MergeFrom(said);
  return merged;
}

MeetingSaid WithNewWords(MeetingSaid merged, const MeetingSaid& said) {
  if (!said.has_place()) merged.clear_place();
  if (!said.has_notes()) merged.clear_notes();
  return merged;
}

bool IsTheSame(const MeetingSaid& a, const MeetingSaid& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

std::optional<MeetingRefusal> Check(const SaidContext& context, const MeetingSaid& said) {
  if (!IsMeetingKind(said.kind())) return MeetingRefusal::kNoSuchMeetingKind;
  if (const auto refusal = CheckDay(context, said)) return refusal;
  if (const auto refusal = CheckChildren(said)) return refusal;
  if (const auto refusal = CheckParts(said)) return refusal;
  for (const auto& named : said.children()) {
    if (!named.code().empty() && !HasChildCode(context, said, named.code()))
      return MeetingRefusal::kNoSuchCode;
  }
  for (const auto& decision : said.decisions()) {
    if (const auto refusal = CheckDecision(context, said, decision)) return refusal;
  }
  return std::nullopt;
}

}  // namespace holdfast::cases
