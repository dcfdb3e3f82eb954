#include "services/cases/domain/withdraw_run.h"

#include <algorithm>

#include "libs/permanence/dates.h"

namespace holdfast::cases {

std::vector<v1::CasesEvent> Decide(const std::string& authority, const ChildFacts& facts,
                                   const v1::WithdrawRun& command) {
  const auto run = RunId::FromBytes(command.run());
  const auto stated = std::ranges::find(facts.statements, run, &Statement::run);
  if (!run || stated == facts.statements.end()) return {};
  if (std::ranges::find(facts.withdrawals, *run, &Withdrawal::run) != facts.withdrawals.end())
    return {};
  v1::CasesEvent event;
  SetDate(stated->year_end, event.mutable_reported_on());
  auto& submission = *event.mutable_run_withdrawn()->mutable_submission();
  submission.set_authority(authority);
  SetDate(stated->year_end, submission.mutable_year_end());
  submission.set_run(command.run());
  submission.set_run_number(stated->run_number);
  return {event};
}

}  // namespace holdfast::cases
