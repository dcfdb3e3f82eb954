// Orders, hearings and applications as they are shown.
#pragma once

#include <optional>

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"

namespace holdfast::cases {

// Those near another that counts are shown too. `day`: on which an order is in force; none: whenever.
// A hearing's ref is shown as far as `facts` hold it in the open.
void RenderProceedings(const History& history, const ChildFacts& facts,
                       std::optional<CivilDate> day, v1::CaseView& view);

}  // namespace holdfast::cases
