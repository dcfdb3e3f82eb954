// A child's way to a permanent home, as case show has it.
#pragma once

#include <optional>

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"

namespace holdfast::cases {

// Plans, milestones and holders of the child's last care period.
void RenderPathway(const History& history, const ChildFacts& facts, std::optional<CivilDate> day,
                   v1::CaseView& view);

}  // namespace holdfast::cases
