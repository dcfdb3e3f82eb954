#include "services/cases/domain/return_findings.h"

#include <algorithm>

#include "libs/permanence/layers.h"

namespace holdfast::cases {

bool IsSpokenOf(const ChildFacts& facts, CivilDate year_end) {
  return std::ranges::any_of(facts.statements, [&](const Statement& statement) {
    return statement.year_end == year_end &&
           std::ranges::find(facts.withdrawals, statement.run, &Withdrawal::run) == facts.withdrawals.end();
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

}  // namespace holdfast::cases
