#include "services/cases/app/authority_decisions.h"

#include "holdfast/cases/v1/cases_service.pb.h"

namespace holdfast::cases {
namespace {

using v1::CasesCommand;

AuthorityResult Decided(const AuthorityContext& context, const CasesCommand& command) {
  switch (command.command_case()) {
    case CasesCommand::kRegisterAuthority:
      return Decide(context, command.register_authority());
    case CasesCommand::kSetAuthorityLive:
      return Decide(context, command.set_authority_live());
    case CasesCommand::kStateAim:
      return Decide(context, command.state_aim());
    case CasesCommand::kStartImport:
      return Decide(context, command.start_import());
    case CasesCommand::kFinishImport:
      return Decide(context, command.finish_import());
    case CasesCommand::kWithdrawRun:
      return Decide(context, command.withdraw_run());
    default:
      return Decide(context, command.learn_of_authority());
  }
}

std::string AnswerTo(const CasesCommand& command, const AuthorityDecision& decided) {
  if (command.has_start_import()) {
    v1::StartImportResponse response;
    response.set_run_number(decided.run_number);
    return response.SerializeAsString();
  }
  if (command.has_withdraw_run()) {
    v1::WithdrawRunResponse response;
    response.set_result(decided.events.empty() ? "unchanged" : "accepted");
    return response.SerializeAsString();
  }
  return {};
}

}  // namespace

Result<Decision> DecideOnAuthority(const AuthorityContext& context, const SubjectId& subject,
                                   const CasesCommand& command) {
  const auto decided = Decided(context, command);
  Decision decision;
  if (!decided) {
    decision.kind = journal::v1::OUTCOME_KIND_REFUSED;
    decision.result = std::string(NameOf(decided.error()));
    return decision;
  }
  const bool accepted = !decided->events.empty();
  decision.kind = accepted ? journal::v1::OUTCOME_KIND_ACCEPTED : journal::v1::OUTCOME_KIND_NO_OP;
  decision.result = accepted ? "accepted" : "unchanged";
  decision.answer = AnswerTo(command, *decided);
  for (const auto& event : decided->events) {
    decision.events.push_back({.subject = subject, .payload = event.SerializeAsString()});
  }
  return decision;
}

}  // namespace holdfast::cases
