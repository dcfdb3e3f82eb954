// The team's record joined with what returns say: entries of two sources, which version counts in
// them, and where the two disagree. The record's version counts before a return's, field by field.
#pragma once

#include <vector>

#include "libs/permanence/history.h"
#include "libs/permanence/record_facts.h"
#include "libs/permanence/source_history.h"

namespace holdfast {

// Takes the record's facts into what the returns said. Of a near pair only the record's version
// stays: a return's that is probably the same would start clocks and be counted twice. `history`
// gets the discrepancies (differs, near, overlap), and its care days follow the joined entries.
void JoinRecord(const std::vector<RecordFact>& record, SourceHistory& sources, History& history);

// The days on which the joined care periods, legal statuses and placements say that the child is
// looked after. `returns`: those that the returns alone say.
std::vector<CareDays> JoinCareDays(const SourceHistory& sources,
                                   const std::vector<CareDays>& returns,
                                   const std::vector<bool>& stated_by_record);

}  // namespace holdfast
