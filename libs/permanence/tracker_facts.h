// What the authority's tracker sheets state of a child, as a view sees it: each fact as the latest
// sheet that has it says. A sheet that lacks a fact withdraws nothing.
#pragma once

#include <vector>

#include "libs/permanence/facts.h"
#include "libs/permanence/record_facts.h"
#include "libs/permanence/view.h"

namespace holdfast {

// By day, then by fact. The assertion is that of the earliest sheet from which on all have said the
// same. An end holds, as its entry's fact, the sheets' own last start before it, where there is
// one.
std::vector<RecordFact> StandingTracker(const ChildFacts& facts, const View& view);

}  // namespace holdfast
