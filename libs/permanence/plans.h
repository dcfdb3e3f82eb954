// The plans for a child's permanent home, as the team's record and its tracker sheets state them.
#pragma once

#include <string>
#include <vector>

#include "libs/permanence/assertions.h"
#include "libs/permanence/disagreements.h"
#include "libs/permanence/history.h"

namespace holdfast {

// That a plan was decided on, as all that state it have it.
struct StatedPlan {
  CivilDate on;
  CivilDate first_on;
  std::string route;
  bool parallel = false;
  bool contingency = false;
  std::vector<FactId> facts;
};

// What the record and sheets state, the record's version first. Of a near pair only the version that
// counts stays; the other goes to `history`.
std::vector<StatedPlan> JoinPlans(const DaysStated& stated, const Assertions& assertions,
                                  History& history, Disagreements& disagreements);

// By day, the parallel one of a day last. A plan ends where the next one of its kind (main,
// parallel or contingency) names another route; one that names the same route again is the same plan.
std::vector<Plan> PlansOf(std::vector<StatedPlan> stated);

}  // namespace holdfast
