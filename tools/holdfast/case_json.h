// A child's case, and discrepancies, as JSON: the shapes that scripts rely on. Names are added,
// never changed.
#pragma once

#include "holdfast/cases/v1/case_view.pb.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

Json CaseJson(const cases::v1::CaseView& view);
Json DiscrepancyJson(const cases::v1::DiscrepancyView& view);

}  // namespace holdfast::cli
