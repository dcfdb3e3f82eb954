#include "services/cases/domain/meeting.h"

#include <algorithm>
#include <map>
#include <utility>

#include "libs/permanence/dates.h"
#include "services/cases/domain/fact_kinds.h"
#include "services/cases/domain/meeting_codes.h"
#include "services/cases/domain/meeting_said.h"

namespace holdfast::cases {
namespace {

using namespace v1;

CasesEvent NewEvent(const MeetingContext& context) {
  CasesEvent event;
  if (context.manual_clock) SetDate(context.today, event.mutable_reported_on());
  return event;
}

std::vector<CasesEvent> One(CasesEvent event) { return {std::move(event)}; }

std::optional<MeetingRefusal> CheckKnown(const MeetingContext& context) {
  const auto& meeting = context.meeting;
  if (meeting.state == MeetingState::kNone || meeting.authority != context.authority)
    return MeetingRefusal::kUnknownMeeting;
  if (meeting.state == MeetingState::kWithdrawn) return MeetingRefusal::kMeetingWithdrawn;
  return std::nullopt;
}

bool SaysNothing(const common::v1::PersonalField& reason) { return reason.open().text().empty(); }

SaidContext SaidContextOf(const MeetingContext& context) {
  return {.authority = context.authority, .today = context.today};
}

// The fact that a meeting of this kind is to each of its children; a hearing is one before it is
// held.
std::optional<MeetingFact> MainFactOf(const MeetingFacts& meeting, const MeetingChild& child) {
  const auto kind = FactOfMeeting(meeting.said.kind());
  const bool is_hearing = kind == FACT_KIND_HEARING;
  if (!kind || (!is_hearing && meeting.state != MeetingState::kHeld)) return std::nullopt;
  MeetingFact fact;
  fact.set_kind(std::string(NameOf(*kind)));
  SetDate(DayOfMeeting(meeting), fact.mutable_on());
  fact.set_code(is_hearing ? std::string(NameOf(meeting.state)) : child.code());
  return fact;
}

bool Concerns(const MeetingDecision& decision, const SubjectId& child) {
  return decision.child().empty() || decision.child() == child.Bytes();
}

std::vector<MeetingFact> FactsOf(const MeetingFacts& meeting, const MeetingChild& named,
                                 const SubjectId& child) {
  std::vector<MeetingFact> facts;
  if (auto main = MainFactOf(meeting, named)) facts.push_back(std::move(*main));
  if (meeting.state != MeetingState::kHeld) return facts;
  for (const auto& decision : meeting.said.decisions()) {
    if (decision.what().empty() || !Concerns(decision, child)) continue;
    MeetingFact fact;
    fact.set_kind(decision.what());
    SetDate(DayOfMeeting(meeting), fact.mutable_on());
    fact.set_code(decision.code());
    facts.push_back(std::move(fact));
  }
  return facts;
}

// Where place or notes are stated, they and the assertion that they are sealed to.
void TakeWords(const MeetingSaid& said, const AssertionId& assertion, MeetingFacts& meeting) {
  const MeetingSaid before = std::exchange(meeting.said, said);
  if (said.has_place()) meeting.place_of = assertion;
  if (said.has_notes()) meeting.notes_of = assertion;
  if (!said.has_place() && before.has_place()) *meeting.said.mutable_place() = before.place();
  if (!said.has_notes() && before.has_notes()) *meeting.said.mutable_notes() = before.notes();
  for (const auto& named : said.children()) {
    const auto child = SubjectId::FromBytes(named.child());
    if (child && std::ranges::find(meeting.children, *child) == meeting.children.end())
      meeting.children.push_back(*child);
  }
}

template <typename Event>  // MeetingPlanned, MeetingHeld or MeetingCorrected
void Take(const Event& event, MeetingState state, uint64_t number, MeetingFacts& meeting) {
  meeting.version = number;
  meeting.state = state;
  meeting.authority = event.authority();
  if constexpr (requires { event.key_id(); })
    meeting.key = KeyId::FromBytes(event.key_id()).value_or(KeyId{});
  TakeWords(event.said(), AssertionId::FromBytes(event.assertion()).value_or(AssertionId{}),
            meeting);
}

}  // namespace

MeetingResult Decide(const MeetingContext& context, const PlanMeeting& command) {
  const auto& meeting = context.meeting;
  if (meeting.state != MeetingState::kNone) {
    // The meeting is this command's own: it was given before.
    if (meeting.authority == context.authority) return std::vector<CasesEvent>{};
    return tl::unexpected(MeetingRefusal::kUnknownMeeting);
  }
  MeetingSaid said = command.said();
  said.clear_held();
  if (const auto refusal = Check(SaidContextOf(context), said)) return tl::unexpected(*refusal);
  CasesEvent event = NewEvent(context);
  auto& planned = *event.mutable_meeting_planned();
  planned.set_authority(context.authority);
  planned.set_key_id(command.new_key_id());
  planned.set_assertion(command.assertion());
  *planned.mutable_said() = std::move(said);
  return One(std::move(event));
}

MeetingResult Decide(const MeetingContext& context, const HoldMeeting& command) {
  const auto& meeting = context.meeting;
  const bool begins = meeting.state == MeetingState::kNone && !command.planned();
  if (!begins) {
    if (const auto refusal = CheckKnown(context)) return tl::unexpected(*refusal);
  }
  MeetingSaid said = Merged(meeting.said, command.said());
  if (meeting.state == MeetingState::kHeld) {
    if (IsTheSame(meeting.said, said)) return std::vector<CasesEvent>{};
    return tl::unexpected(MeetingRefusal::kMeetingHeld);
  }
  SaidContext as_held = SaidContextOf(context);
  as_held.is_held = true;
  if (const auto refusal = Check(as_held, said)) return tl::unexpected(*refusal);
  CasesEvent event = NewEvent(context);
  auto& held = *event.mutable_meeting_held();
  held.set_authority(context.authority);
  held.set_key_id(begins ? command.new_key_id() : meeting.key.Bytes());
  held.set_assertion(command.assertion());
  *held.mutable_said() = WithNewWords(std::move(said), command.said());
  return One(std::move(event));
}

MeetingResult Decide(const MeetingContext& context, const CorrectMeeting& command) {
  if (const auto refusal = CheckKnown(context)) return tl::unexpected(*refusal);
  const auto& meeting = context.meeting;
  if (meeting.state != MeetingState::kHeld && command.said().has_held())
    return tl::unexpected(MeetingRefusal::kMeetingNotHeld);
  if (meeting.state == MeetingState::kCancelled)
    return tl::unexpected(MeetingRefusal::kMeetingCancelled);
  if (SaysNothing(command.reason())) return tl::unexpected(MeetingRefusal::kNoReason);
  MeetingSaid said = Merged(meeting.said, command.said());
  if (const auto refusal = Check(SaidContextOf(context), said)) return tl::unexpected(*refusal);
  if (IsTheSame(meeting.said, said)) return std::vector<CasesEvent>{};
  CasesEvent event = NewEvent(context);
  auto& corrected = *event.mutable_meeting_corrected();
  corrected.set_authority(context.authority);
  corrected.set_assertion(command.assertion());
  *corrected.mutable_said() = WithNewWords(std::move(said), command.said());
  *corrected.mutable_personal() = command.reason();
  return One(std::move(event));
}

MeetingResult Decide(const MeetingContext& context, const CancelMeeting& command) {
  if (const auto refusal = CheckKnown(context)) return tl::unexpected(*refusal);
  if (context.meeting.state == MeetingState::kHeld)
    return tl::unexpected(MeetingRefusal::kMeetingHeld);
  if (context.meeting.state == MeetingState::kCancelled) return std::vector<CasesEvent>{};
  if (SaysNothing(command.reason())) return tl::unexpected(MeetingRefusal::kNoReason);
  CasesEvent event = NewEvent(context);
  auto& cancelled = *event.mutable_meeting_cancelled();
  cancelled.set_authority(context.authority);
  cancelled.set_assertion(command.assertion());
  *cancelled.mutable_personal() = command.reason();
  return One(std::move(event));
}

MeetingResult Decide(const MeetingContext& context, const WithdrawMeeting& command) {
  const auto refusal = CheckKnown(context);
  if (refusal == MeetingRefusal::kMeetingWithdrawn) return std::vector<CasesEvent>{};
  if (refusal) return tl::unexpected(*refusal);
  if (SaysNothing(command.reason())) return tl::unexpected(MeetingRefusal::kNoReason);
  CasesEvent event = NewEvent(context);
  auto& withdrawn = *event.mutable_meeting_withdrawn();
  withdrawn.set_authority(context.authority);
  withdrawn.set_assertion(command.assertion());
  *withdrawn.mutable_personal() = command.reason();
  return One(std::move(event));
}

MeetingResult Decide(const MeetingContext& context, const ConfirmTold& command) {
  if (command.version() <= context.meeting.told) return std::vector<CasesEvent>{};
  CasesEvent event = NewEvent(context);
  event.mutable_all_told()->set_version(command.version());
  return One(std::move(event));
}

void Apply(const CasesEvent& event, uint64_t number, MeetingFacts& meeting) {
  switch (event.event_case()) {
    case CasesEvent::kMeetingPlanned:
      return Take(event.meeting_planned(), MeetingState::kPlanned, number, meeting);
    case CasesEvent::kMeetingHeld:
      return Take(event.meeting_held(), MeetingState::kHeld, number, meeting);
    case CasesEvent::kMeetingCorrected:
      return Take(event.meeting_corrected(), meeting.state, number, meeting);
    case CasesEvent::kMeetingCancelled:
      meeting.version = number;
      meeting.state = MeetingState::kCancelled;
      return;
    case CasesEvent::kMeetingWithdrawn:
      meeting.version = number;
      meeting.state = MeetingState::kWithdrawn;
      return;
    case CasesEvent::kAllTold:
      if (meeting.state == MeetingState::kNone) return;
      meeting.told = std::max(meeting.told, event.all_told().version());
      return;
    default:
      return;
  }
}

CivilDate DayOfMeeting(const MeetingFacts& meeting) {
  const auto& said = meeting.said;
  return DayOf(said.has_held() ? said.held() : said.planned()).value_or(kDistantPast);
}

MeetingTold ToldTo(const SubjectId& child, const SubjectId& id, const MeetingFacts& meeting) {
  MeetingTold told;
  told.set_authority(meeting.authority);
  told.set_meeting(id.Bytes());
  told.set_version(meeting.version);
  told.set_kind(meeting.said.kind());
  SetDate(DayOfMeeting(meeting), told.mutable_on());
  const auto named =
      std::ranges::find(meeting.said.children(), child.Bytes(), &MeetingChild::child);
  if (named == meeting.said.children().end() || meeting.state == MeetingState::kWithdrawn) {
    told.set_state(std::string(NameOf(MeetingState::kWithdrawn)));
    return told;
  }
  told.set_state(std::string(NameOf(meeting.state)));
  std::map<std::string, int> count;
  for (auto& fact : FactsOf(meeting, *named, child)) {
    const std::string number = std::to_string(++count[fact.kind()]);
    const FactId fact_id{HashId("meeting-fact", {id.Bytes(), child.Bytes(), fact.kind(), number})};
    fact.set_fact(fact_id.Bytes());
    *told.add_facts() = std::move(fact);
  }
  return told;
}

}  // namespace holdfast::cases
