#include "services/cases/api/meetings.h"

#include "libs/permanence/dates.h"
#include "services/cases/api/reads.h"
#include "services/cases/api/refusals.h"
#include "services/cases/app/row_ids.h"

namespace holdfast::cases {
namespace {

// What a command on a meeting is decided with.
struct OnMeeting {
  CommandOrigin origin;
  SubjectId meeting;
  AssertionId assertion;
};

// Without an id the meeting that the command begins.
Result<OnMeeting> OnMeetingOf(const CasesParts& parts, const AnyUnaryCall& call,
                              const common::v1::CommandHeader& header,
                              const std::optional<std::string>& named) {
  const auto origin = OriginOf(call, header);
  if (!origin) return tl::unexpected(origin.error());
  const auto key = parts.keys.IdentityKey(origin->authority);
  if (!key) return tl::unexpected(key.error());
  const IdSpace space{*key, origin->authority};
  const auto meeting = named ? SubjectId::FromBytes(*named)
                             : std::optional(MeetingOf(space, origin->id));
  if (!meeting) return tl::unexpected(MeetingNeeded());
  return OnMeeting{*origin, *meeting, SaidOf(space, *meeting, origin->id)};
}

void SetText(const std::string& text, common::v1::PersonalField* field) {
  field->mutable_open()->set_text(text);
}

// What the request says, with place and notes where they are stated.
template <typename Request>
v1::MeetingSaid SaidIn(const Request& request) {
  v1::MeetingSaid said = request.said();
  said.clear_place();
  said.clear_notes();
  if (!request.place().empty()) SetText(request.place(), said.mutable_place());
  if (!request.notes().empty()) SetText(request.notes(), said.mutable_notes());
  return said;
}

Result<NamedChildren> ChildrenIn(const v1::MeetingSaid& said) {
  NamedChildren named;
  for (const auto& one : said.children()) {
    const auto child = SubjectId::FromBytes(one.child());
    if (!child)
      return Fail(StatusCode::kInvalidArgument, "CHILD_NEEDED", "a child's id is 16 bytes");
    named.children.push_back(*child);
  }
  if (said.has_held() || said.has_planned())
    named.on = DayOf(said.has_held() ? said.held() : said.planned());
  return named;
}

// What is as it was: the children and the day of a meeting that is there. Nothing of another
// authority's.
void Complete(const MeetingFacts& known, const AuthorityCode& authority, NamedChildren& named) {
  if (known.state == MeetingState::kNone || known.authority != authority.text()) return;
  if (!named.on) named.on = DayOfMeeting(known);
  if (!named.children.empty()) return;
  for (const auto& one : known.said.children()) {
    if (const auto child = SubjectId::FromBytes(one.child())) named.children.push_back(*child);
  }
}

// Looks at the children first: they are in other partitions.
template <typename Request, typename Response>
void PostLooking(const CasesParts& parts, const Call<Request, Response>& call, const OnMeeting& on,
                 NamedChildren named, v1::CasesCommand command) {
  const auto look = [&parts, call, on, named = std::move(named),
                     command = std::move(command)](Result<ShardView> shard) mutable {
    if (!shard) return call->Fail(shard.error());
    Complete(StateOf<CasesState>(shard->subjects(), on.meeting).meeting, on.origin.authority,
             named);
    LookAtChildren(
        parts, *call, on.origin, std::move(named),
        [&parts, call, on, command = std::move(command)](const Result<void>& looked) {
          if (!looked) return call->Fail(looked.error());
          SubmitAndTell(parts, call, on.origin, on.meeting, command);
        });
  };
  parts.shards.Read(parts.shards.PartitionFor(on.meeting),
                    {.deadline = parts.clock.Steady() + kCommandRead, .run = look});
}

// A command of a reason alone.
template <typename Request, typename Response, typename Fill>
void PostReason(const CasesParts& parts, const Call<Request, Response>& call, Fill fill) {
  const auto on = OnMeetingOf(parts, *call, call->request().header(), call->request().meeting());
  if (!on) return call->Fail(on.error());
  v1::CasesCommand command;
  auto& ends = fill(command);
  ends.set_assertion(on->assertion.Bytes());
  if (!call->request().reason().empty())
    SetText(call->request().reason(), ends.mutable_reason());
  SubmitAndTell(parts, call, on->origin, on->meeting, std::move(command));
}

}  // namespace

Status MeetingNeeded() {
  return {StatusCode::kInvalidArgument, "MEETING_NEEDED",
          "the 16-byte id of the meeting is needed"};
}

void PlanMeeting(const CasesParts& parts, const PlanMeetingCall& call) {
  const auto& request = call->request();
  const auto on = OnMeetingOf(parts, *call, request.header(), std::nullopt);
  if (!on) return call->Fail(on.error());
  v1::CasesCommand command;
  auto& plans = *command.mutable_plan_meeting();
  *plans.mutable_said() = SaidIn(request);
  plans.mutable_said()->clear_held();
  plans.set_assertion(on->assertion.Bytes());
  auto named = ChildrenIn(plans.said());
  if (!named) return call->Fail(named.error());
  PostLooking(parts, call, *on, std::move(*named), std::move(command));
}

void HoldMeeting(const CasesParts& parts, const HoldMeetingCall& call) {
  const auto& request = call->request();
  const bool is_planned = !request.meeting().empty();
  const auto on =
      OnMeetingOf(parts, *call, request.header(),
                  is_planned ? std::optional(request.meeting()) : std::nullopt);
  if (!on) return call->Fail(on.error());
  v1::CasesCommand command;
  auto& holds = *command.mutable_hold_meeting();
  *holds.mutable_said() = SaidIn(request);
  holds.set_assertion(on->assertion.Bytes());
  holds.set_planned(is_planned);
  auto named = ChildrenIn(holds.said());
  if (!named) return call->Fail(named.error());
  PostLooking(parts, call, *on, std::move(*named), std::move(command));
}

void CorrectMeeting(const CasesParts& parts, const CorrectMeetingCall& call) {
  const auto& request = call->request();
  const auto on = OnMeetingOf(parts, *call, request.header(), request.meeting());
  if (!on) return call->Fail(on.error());
  v1::CasesCommand command;
  auto& corrects = *command.mutable_correct_meeting();
  *corrects.mutable_said() = SaidIn(request);
  corrects.set_assertion(on->assertion.Bytes());
  if (!request.reason().empty()) SetText(request.reason(), corrects.mutable_reason());
  auto named = ChildrenIn(corrects.said());
  if (!named) return call->Fail(named.error());
  PostLooking(parts, call, *on, std::move(*named), std::move(command));
}

void CancelMeeting(const CasesParts& parts, const CancelMeetingCall& call) {
  PostReason(parts, call, [](v1::CasesCommand& command) -> v1::CancelMeeting& {
    return *command.mutable_cancel_meeting();
  });
}

void WithdrawMeeting(const CasesParts& parts, const WithdrawMeetingCall& call) {
  PostReason(parts, call, [](v1::CasesCommand& command) -> v1::WithdrawMeeting& {
    return *command.mutable_withdraw_meeting();
  });
}

}  // namespace holdfast::cases
