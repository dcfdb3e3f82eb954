// What a row of a return says against an earlier statement of the same key (import.md rule 13).
#pragma once

#include "holdfast/cases/v1/returns.pb.h"
#include "libs/base/civil_date.h"

namespace holdfast::cases {

enum class RowChange {
  kSame,
  kFilled,     // a blank was filled: new facts
  kCorrected,  // a stated value became another or blank, or a row open at the end of the earlier year had ended by then
};

// `row` against `before`, which the layer of `year_end` states. Both are rows of one key, their personal data open.
RowChange Compare(const v1::ReturnRow& before, CivilDate year_end, const v1::ReturnRow& row);

}  // namespace holdfast::cases
