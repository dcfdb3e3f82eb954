// A discrepancy as it is shown.
#pragma once

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"

namespace holdfast::cases {

// Its owner is the child's worker, else the team, else the authority. No personal data.
v1::DiscrepancyView RenderDiscrepancy(const SubjectId& child, const ChildFacts& facts,
                                      const Discrepancy& discrepancy);

}  // namespace holdfast::cases
