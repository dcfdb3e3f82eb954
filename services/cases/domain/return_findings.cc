#include "services/cases/domain/return_findings.h"

#include <algorithm>
#include <limits>

#include "libs/permanence/coverage_events.h"
#include "libs/permanence/dates.h"
#include "libs/permanence/layers.h"
#include "services/cases/domain/state_return_rows.h"

namespace holdfast::cases {

bool IsSpokenOf(const ChildFacts& facts, CivilDate year_end) {
  return std::ranges::any_of(facts.statements, [&](const Statement& statement) {
    return statement.year_end == year_end &&
           std::ranges::find(facts.withdrawals, statement.run, &Withdrawal::run) ==
               facts.withdrawals.end();
  });
}

bool IsOnSheet(const ChildFacts& facts, CivilDate as_of) {
  return std::ranges::any_of(facts.tracker, [&](const TrackerVersion& version) {
    return version.as_of == as_of &&
           std::ranges::find(facts.withdrawals, version.run, &Withdrawal::run) ==
               facts.withdrawals.end();
  });
}

OpenFindings FindOpen(const ChildFacts& facts, const Coverage& coverage) {
  const auto year_ends = CoveredYearEnds(coverage, v1::RETURN_TABLE_EPISODES, View{});
  const Layers layers(facts, View{});
  const KeptRows rows = KeepRows(layers, year_ends);
  OpenFindings findings;
  for (const auto& discrepancy : rows.discrepancies) {
    if (discrepancy.kind == "not_in_next_return") {
      findings.not_in_next_return.push_back(*discrepancy.key_day);
    } else {
      findings.kinds.push_back(discrepancy.kind);
    }
  }
  findings.removed_in_resubmission = layers.Removed().size();
  findings.moved = OfferMovedDates(layers, rows, year_ends);
  return findings;
}

v1::StateReturnRowsAnswer Try(const SubjectId& child, const ChildFacts& facts,
                              const Coverage& coverage, const v1::StateReturnRows& command) {
  v1::StateReturnRows newest = command;
  newest.mutable_submission()->set_run_number(std::numeric_limits<uint64_t>::max());
  auto decided = Decide(facts, coverage, newest);
  ChildFacts after = facts;
  for (const auto& event : decided.events) Apply(event, Instant::max(), after);
  const Coverage covered = Supposition{.without = {}, .covering = CoveredBy(command)}.Of(coverage);
  Render(child, FindOpen(after, covered), *decided.answer.mutable_open());
  decided.answer.set_child(child.Bytes());
  return std::move(decided.answer);
}

Coverage Supposition::Of(Coverage coverage) const {
  if (without)
    std::erase_if(coverage.returns,
                  [&](const ReturnCoverage& covered) { return covered.run == *without; });
  if (covering) {
    v1::CasesEvent event;
    *event.mutable_return_covered() = *covering;
    Apply(event, Instant::max(), coverage);
  }
  return coverage;
}

ChildFacts Supposition::Of(ChildFacts facts) const {
  if (without)
    std::erase_if(facts.statements,
                  [&](const Statement& statement) { return statement.run == *without; });
  return facts;
}

v1::ReturnCovered CoveredBy(const v1::StateReturnRows& command) {
  v1::ReturnCovered covered;
  *covered.mutable_submission() = command.submission();
  *covered.mutable_tables() = command.tables();
  covered.set_whole(!command.repair());
  return covered;
}

void Render(const SubjectId& child, const OpenFindings& open, v1::ReturnFindings& findings) {
  findings.set_child(child.Bytes());
  for (const auto& kind : open.kinds) findings.add_kinds(kind);
  for (const auto day : open.not_in_next_return) SetDate(day, findings.add_not_in_next_return());
  findings.set_removed_in_resubmission(open.removed_in_resubmission);
  for (const auto& moved : open.moved) {
    auto& offer = *findings.add_moved();
    SetDate(moved.from, offer.mutable_from());
    SetDate(moved.to, offer.mutable_to());
  }
}

OpenFindings Read(const v1::ReturnFindings& findings) {
  OpenFindings open;
  open.kinds = {findings.kinds().begin(), findings.kinds().end()};
  for (const auto& day : findings.not_in_next_return())
    open.not_in_next_return.push_back(DayOf(day).value_or(kDistantPast));
  open.removed_in_resubmission = findings.removed_in_resubmission();
  for (const auto& moved : findings.moved()) {
    open.moved.push_back(
        {DayOf(moved.from()).value_or(kDistantPast), DayOf(moved.to()).value_or(kDistantPast)});
  }
  return open;
}

}  // namespace holdfast::cases
