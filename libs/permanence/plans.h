// The plans for a child's permanent home, as the team's record states them.
#pragma once

#include <vector>

#include "libs/permanence/history.h"
#include "libs/permanence/record_facts.h"

namespace holdfast {

// By day, the parallel one of a day last. A plan ends where the next one of its kind, parallel or
// not, names another route; one that names the same route again is the same plan.
std::vector<Plan> PlansOf(const std::vector<RecordFact>& record);

}  // namespace holdfast
