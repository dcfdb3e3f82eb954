// The team's record and its tracker sheets joined with what returns say: care periods, placements,
// statuses, reviews, missing episodes, and what leads to adoption. The record's version counts
// before a return's, a return's before a sheet's, field by field.
#pragma once

#include <vector>

#include "libs/permanence/assertions.h"
#include "libs/permanence/disagreements.h"
#include "libs/permanence/history.h"
#include "libs/permanence/source_history.h"

namespace holdfast {

// Takes what the record and sheets state into what the returns said. Of a near pair only the
// version that counts stays: the other one, probably the same, would start clocks and be counted
// twice. `history` gets what is near, and its care days follow the joined entries.
void JoinRecord(const DaysStated& stated, const Assertions& assertions, SourceHistory& sources,
                History& history, Disagreements& disagreements);

// The days on which the joined care periods, legal statuses and placements say that the child is
// looked after. `returns`: those that the returns alone say; `stated_by_day`: the periods whose
// days are not theirs to say.
std::vector<CareDays> JoinCareDays(const SourceHistory& sources,
                                   const std::vector<CareDays>& returns,
                                   const std::vector<bool>& stated_by_day);

}  // namespace holdfast
