#include "services/cases/app/cases_keeper.h"

#include "holdfast/cases/v1/cases_service.pb.h"
#include "services/cases/app/authority_decisions.h"
#include "services/cases/app/cases_index.h"
#include "services/cases/app/child_decisions.h"
#include "services/cases/app/erasure_decisions.h"
#include "services/cases/app/hand_decisions.h"
#include "services/cases/app/meeting_decisions.h"
#include "services/cases/app/sibling_decisions.h"

namespace holdfast::cases {
namespace {

tl::unexpected<Status> Malformed(const char* message) {
  return Fail(StatusCode::kInvalidArgument, "MALFORMED", message);
}

Result<Decision> DecideForChild(const ChildContext& child, v1::CasesCommand& command) {
  using v1::CasesCommand;
  // What a run states is taken back of all its children alike.
  if (child.state.child.erased && !command.has_withdraw_run()) {
    return Refused(child.state.owner == child.place.authority.text() ? "ERASED" : "UNKNOWN_CHILD");
  }
  switch (command.command_case()) {
    case CasesCommand::kStateReturnRows:
      return DecideOnChild(child, std::move(*command.mutable_state_return_rows()));
    case CasesCommand::kStateTrackerRow:
      return DecideOnChild(child, std::move(*command.mutable_state_tracker_row()));
    case CasesCommand::kWithdrawRun:
      return DecideOnChild(child, command.withdraw_run());
    case CasesCommand::kRegisterChild:
      return DecideByHand(child, std::move(*command.mutable_register_child()));
    case CasesCommand::kAssignCase:
      return DecideByHand(child, command.assign_case());
    case CasesCommand::kRecordFact:
      return DecideByHand(child, command.record_fact());
    case CasesCommand::kCorrectFact:
      return DecideByHand(child, command.correct_fact());
    case CasesCommand::kWithdrawFact:
      return DecideByHand(child, command.withdraw_fact());
    case CasesCommand::kResolveDiscrepancy:
      return DecideByHand(child, command.resolve_discrepancy());
    default:
      return Malformed("cases: no such command on a child");
  }
}

// A meeting and a sibling group are no children.
bool IsNoChild(const CasesState& state) {
  return state.meeting.state != MeetingState::kNone || !state.group.created_by.empty();
}

Result<Decision> DecideOn(const ChildContext& subject, v1::CasesCommand& command, bool of_service) {
  using v1::CasesCommand;
  switch (command.command_case()) {
    case CasesCommand::kPlanMeeting:
    case CasesCommand::kHoldMeeting:
    case CasesCommand::kCorrectMeeting:
    case CasesCommand::kCancelMeeting:
    case CasesCommand::kWithdrawMeeting:
      return DecideOnMeeting(subject, std::move(command));
    case CasesCommand::kCreateSiblingGroup:
    case CasesCommand::kJoinSiblings:
    case CasesCommand::kLeaveSiblings:
    case CasesCommand::kDecideSiblings:
      return DecideOnSiblings(subject, std::move(command));
    case CasesCommand::kEraseChild:
      return DecideErasure(subject, std::move(*command.mutable_erase_child()));
    case CasesCommand::kRecordErasureStep:
      if (!of_service) return Malformed("cases: a command that only the service gives");
      return DecideErasureStep(subject, command.record_erasure_step());
    case CasesCommand::kTellOfMeeting:
    case CasesCommand::kTellOfSiblings:
    case CasesCommand::kConfirmTold:
      if (!of_service) return Malformed("cases: a command that only the service gives");
      if (!command.has_confirm_told()) return DecideTold(subject, command);
      return subject.state.group.created_by.empty() ? DecideOnMeeting(subject, std::move(command))
                                                    : DecideOnSiblings(subject, std::move(command));
    default:
      if (IsNoChild(subject.state)) return Refused("UNKNOWN_CHILD");
      return DecideForChild(subject, command);
  }
}

}  // namespace

SubjectId CopySubjects::In(const std::string& authority, uint32_t partition) const {
  const std::lock_guard lock(mutex_);
  const auto [found, added] = found_.try_emplace({authority, partition});
  if (added) found->second = AuthorityCopySubject(authority, partition, partition_count_);
  return found->second;
}

std::vector<IndexRow> CasesKeeper::IndexState(const SubjectId& subject,
                                              const CasesState& state) const {
  return IndexRowsOf(subject, state);
}

Result<Decision> CasesKeeper::Decide(Subjects& subjects, const Command& command,
                                     const DecideContext& context) const {
  v1::CasesCommand decoded;
  if (!decoded.ParseFromString(command.request))
    return Malformed("cases: a command that cannot be read");
  const auto subject = SubjectId::FromBytes(decoded.subject());
  const auto authority = AuthorityCode::FromText(decoded.authority());
  if (!subject || !authority) return Malformed("cases: a command without subject or authority");
  const auto& state = StateOf<CasesState>(subjects, *subject);
  const SubjectId copy = parts_.copies.Beside(authority->text(), *subject);
  if (*subject == copy || *subject == AuthoritySubject(authority->text())) {
    return DecideOnAuthority(
        {authority->text(), state.authority, context.today, parts_.manual_clock}, *subject,
        decoded);
  }
  const auto& known = StateOf<CasesState>(subjects, copy).authority;
  if (!known.registered) return Refused(NameOf(AuthorityRefusal::kUnknownAuthority));
  return DecideOn({.place = {*authority, *subject},
                   .state = state,
                   .coverage = known.coverage,
                   .today = context.today,
                   .manual_clock = parts_.manual_clock,
                   .instance = parts_.instance,
                   .sealer = parts_.sealer,
                   .keys = parts_.keys},
                  decoded, command.of_service);
}

std::optional<std::string> CasesKeeper::MacUnder(const KeyId& key, std::string_view request) const {
  v1::CasesCommand decoded;
  if (!decoded.ParseFromArray(request.data(), static_cast<int>(request.size())))
    return std::nullopt;
  const auto authority = AuthorityCode::FromText(decoded.authority());
  return authority ? parts_.macs.Under(key, *authority, request) : std::nullopt;
}

}  // namespace holdfast::cases
