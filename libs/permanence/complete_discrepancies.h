// Gives what disagrees its id, its entry and its day, once the entries of the history have theirs.
#pragma once

#include "libs/permanence/assertions.h"
#include "libs/permanence/history.h"

namespace holdfast {

// The versions of the returns' own kinds, and the day from which each could be known: the latest on
// which a source knew what is compared.
void AddVersions(const Assertions& assertions, std::vector<Discrepancy>& discrepancies);

// Ids and entries; `history.discrepancies` in their order.
void NameDiscrepancies(const SubjectId& child, History& history);

}  // namespace holdfast
