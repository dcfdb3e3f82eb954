#include "services/cases/app/sibling_decisions.h"

#include "holdfast/cases/v1/cases_service.pb.h"
#include "services/cases/app/sealed_meetings.h"

namespace holdfast::cases {
namespace {

using v1::CasesCommand;

SiblingResult Decided(const SiblingContext& context, const CasesCommand& command) {
  switch (command.command_case()) {
    case CasesCommand::kCreateSiblingGroup:
      return Decide(context, command.create_sibling_group());
    case CasesCommand::kJoinSiblings:
      return Decide(context, command.join_siblings());
    case CasesCommand::kLeaveSiblings:
      return Decide(context, command.leave_siblings());
    case CasesCommand::kDecideSiblings:
      return Decide(context, command.decide_siblings());
    default:
      return Decide(context, command.confirm_told());
  }
}

template <typename Response>
std::string ResponseTo(const SubjectId& group, bool accepted) {
  Response response;
  response.set_group(group.Bytes());
  response.set_result(accepted ? "accepted" : "unchanged");
  return response.SerializeAsString();
}

std::string AnswerTo(const CasesCommand& command, const SubjectId& group, bool accepted) {
  switch (command.command_case()) {
    case CasesCommand::kCreateSiblingGroup:
      return ResponseTo<v1::CreateSiblingGroupResponse>(group, accepted);
    case CasesCommand::kJoinSiblings:
      return ResponseTo<v1::JoinSiblingsResponse>(group, accepted);
    case CasesCommand::kLeaveSiblings:
      return ResponseTo<v1::LeaveSiblingsResponse>(group, accepted);
    case CasesCommand::kDecideSiblings:
      return ResponseTo<v1::DecideSiblingsResponse>(group, accepted);
    default:
      return {};
  }
}

}  // namespace

Result<Decision> DecideOnSiblings(const ChildContext& context, CasesCommand command) {
  const std::string& authority = context.place.authority.text();
  const auto& known = context.state.group;
  // A child or a meeting is no group.
  if (known.created_by.empty() && !context.state.owner.empty())
    return Refused(NameOf(SiblingRefusal::kUnknownGroup));
  const auto open = OpenReasons(context.sealer, context.place, known);
  if (!open) return tl::unexpected(open.error());
  const auto own = known.keys.find(authority);
  const bool needs_key = command.has_decide_siblings() && own == known.keys.end();
  KeyId key = own == known.keys.end() ? KeyId{} : own->second;
  if (needs_key) {
    const auto spare = context.keys.Take(context.place.authority);
    if (!spare) return tl::unexpected(spare.error());
    key = *spare;
    command.mutable_decide_siblings()->set_new_key_id(key.Bytes());
  }
  auto decided = Decided({.authority = authority,
                          .group = *open,
                          .today = context.today,
                          .manual_clock = context.manual_clock},
                         command);
  if (needs_key && (!decided || decided->empty()))
    context.keys.PutBack(context.place.authority, key);
  if (!decided) return Refused(NameOf(decided.error()));
  std::string answer = AnswerTo(command, context.place.child, !decided->empty());
  return Settle(context, key, std::move(*decided), std::move(answer));
}

}  // namespace holdfast::cases
