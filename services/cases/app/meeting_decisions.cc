#include "services/cases/app/meeting_decisions.h"

#include "holdfast/cases/v1/cases_service.pb.h"
#include "services/cases/app/sealed_meetings.h"

namespace holdfast::cases {
namespace {

using v1::CasesCommand;

MeetingResult Decided(const MeetingContext& context, const CasesCommand& command) {
  switch (command.command_case()) {
    case CasesCommand::kPlanMeeting:
      return Decide(context, command.plan_meeting());
    case CasesCommand::kHoldMeeting:
      return Decide(context, command.hold_meeting());
    case CasesCommand::kCorrectMeeting:
      return Decide(context, command.correct_meeting());
    case CasesCommand::kCancelMeeting:
      return Decide(context, command.cancel_meeting());
    case CasesCommand::kWithdrawMeeting:
      return Decide(context, command.withdraw_meeting());
    default:
      return Decide(context, command.confirm_told());
  }
}

template <typename Response>
std::string ResponseTo(const SubjectId& meeting, bool accepted) {
  Response response;
  response.set_meeting(meeting.Bytes());
  response.set_result(accepted ? "accepted" : "unchanged");
  return response.SerializeAsString();
}

std::string AnswerTo(const CasesCommand& command, const SubjectId& meeting, bool accepted) {
  switch (command.command_case()) {
    case CasesCommand::kPlanMeeting:
      return ResponseTo<v1::PlanMeetingResponse>(meeting, accepted);
    case CasesCommand::kHoldMeeting:
      return ResponseTo<v1::HoldMeetingResponse>(meeting, accepted);
    case CasesCommand::kCorrectMeeting:
      return ResponseTo<v1::CorrectMeetingResponse>(meeting, accepted);
    case CasesCommand::kCancelMeeting:
      return ResponseTo<v1::CancelMeetingResponse>(meeting, accepted);
    case CasesCommand::kWithdrawMeeting:
      return ResponseTo<v1::WithdrawMeetingResponse>(meeting, accepted);
    default:
      return {};
  }
}

// True of what a meeting that is not there can begin with.
bool Begins(const CasesCommand& command) {
  return command.has_plan_meeting() ||
         (command.has_hold_meeting() && !command.hold_meeting().planned());
}

void SetKey(const KeyId& key, CasesCommand& command) {
  if (command.has_plan_meeting()) command.mutable_plan_meeting()->set_new_key_id(key.Bytes());
  if (command.has_hold_meeting()) command.mutable_hold_meeting()->set_new_key_id(key.Bytes());
}

}  // namespace

Result<Decision> DecideOnMeeting(const ChildContext& context, CasesCommand command) {
  const auto& known = context.state.meeting;
  const std::string& authority = context.place.authority.text();
  const bool is_new = known.state == MeetingState::kNone;
  // Of another authority's nothing is opened.
  const bool is_own = is_new ? context.state.owner.empty() : known.authority == authority;
  if (!is_own || (is_new && !Begins(command)))
    return Refused(NameOf(MeetingRefusal::kUnknownMeeting));
  const auto open = OpenMeeting(context.sealer, context.place, known);
  if (!open) return tl::unexpected(open.error());
  KeyId key = known.key;
  if (is_new) {
    const auto spare = context.keys.Take(context.place.authority);
    if (!spare) return tl::unexpected(spare.error());
    key = *spare;
    SetKey(key, command);
  }
  auto decided = Decided({.authority = authority,
                          .meeting = *open,
                          .today = context.today,
                          .manual_clock = context.manual_clock},
                         command);
  if (is_new && (!decided || decided->empty())) context.keys.PutBack(context.place.authority, key);
  if (!decided) return Refused(NameOf(decided.error()));
  std::string answer = AnswerTo(command, context.place.child, !decided->empty());
  return Settle(context, key, std::move(*decided), std::move(answer));
}

}  // namespace holdfast::cases
