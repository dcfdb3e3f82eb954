#include "libs/permanence/coverage_events.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "libs/permanence/facts.h"

namespace holdfast {
namespace {

RunId RunOf(const cases::v1::Submission& submission) {
  return RunId::FromBytes(submission.run()).value_or(RunId{});
}

void Cover(const cases::v1::ReturnCovered& event, Instant recorded_at, Coverage& coverage) {
  const RunId run = RunOf(event.submission());
  if (!event.whole() ||
      std::ranges::find(coverage.returns, run, &ReturnCoverage::run) != coverage.returns.end())
    return;
  ReturnCoverage covered;
  covered.year_end = DayOf(event.submission().year_end()).value_or(kDistantPast);
  covered.run = run;
  for (const int table : event.tables())
    covered.tables.push_back(static_cast<cases::v1::ReturnTable>(table));
  covered.recorded_at = recorded_at;
  coverage.returns.push_back(std::move(covered));
}

void Withdraw(const cases::v1::Submission& submission, Instant recorded_at, Coverage& coverage) {
  for (auto& covered : coverage.returns) {
    if (covered.run == RunOf(submission) && !covered.withdrawn_at)
      covered.withdrawn_at = recorded_at;
  }
}

}  // namespace

void Apply(const cases::v1::CasesEvent& event, Instant recorded_at, Coverage& coverage) {
  if (event.has_return_covered()) Cover(event.return_covered(), recorded_at, coverage);
  if (event.has_run_withdrawn())
    Withdraw(event.run_withdrawn().submission(), recorded_at, coverage);
  if (event.has_authority_live()) {
    const auto from = DayOf(event.authority_live().from());
    coverage.live.push_back(
        {from.value_or(kDistantFuture), ReportedOn(event, recorded_at), recorded_at});
  }
}

}  // namespace holdfast
