#include "services/cases/domain/withdraw_run.h"

#include <algorithm>
#include <optional>

#include "libs/permanence/dates.h"

namespace holdfast::cases {

namespace {

// The run as it named itself when it stated something of the child; none: it stated nothing.
std::optional<v1::Submission> SubmissionOf(const ChildFacts& facts, const RunId& run) {
  v1::Submission submission;
  const auto stated = std::ranges::find(facts.statements, run, &Statement::run);
  const auto listed = std::ranges::find(facts.tracker, run, &TrackerVersion::run);
  if (stated != facts.statements.end()) {
    SetDate(stated->year_end, submission.mutable_year_end());
    submission.set_run_number(stated->run_number);
  } else if (listed != facts.tracker.end()) {
    SetDate(listed->as_of, submission.mutable_as_of());
    submission.set_run_number(listed->run_number);
  } else {
    return std::nullopt;
  }
  return submission;
}

}  // namespace

std::vector<v1::CasesEvent> Decide(const std::string& authority, const ChildFacts& facts,
                                   const v1::WithdrawRun& command) {
  const auto run = RunId::FromBytes(command.run());
  if (!run || std::ranges::find(facts.withdrawals, *run, &Withdrawal::run) !=
                  facts.withdrawals.end())
    return {};
  auto submission = SubmissionOf(facts, *run);
  if (!submission) return {};
  submission->set_authority(authority);
  submission->set_run(command.run());
  v1::CasesEvent event;
  *event.mutable_reported_on() =
      submission->has_as_of() ? submission->as_of() : submission->year_end();
  *event.mutable_run_withdrawn()->mutable_submission() = std::move(*submission);
  return {event};
}

}  // namespace holdfast::cases
