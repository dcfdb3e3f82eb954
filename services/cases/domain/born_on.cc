#include "services/cases/domain/born_on.h"

#include "libs/permanence/dates.h"

namespace holdfast::cases {

std::optional<CivilDate> BornOn(const ChildFacts& facts) {
  if (facts.personal.open().has_born()) return DayOf(facts.personal.open().born());
  std::optional<CivilDate> born;
  for (const auto& statement : facts.statements) {
    if (statement.kind != StatementKind::kStated || !statement.row.has_header()) continue;
    if (statement.row.personal().open().has_born())
      born = DayOf(statement.row.personal().open().born());
  }
  return born;
}

}  // namespace holdfast::cases
