// Coverage, folded from the events of one copy of an authority.
#pragma once

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/permanence/coverage.h"

namespace holdfast {

// `coverage` after `event`, which was recorded at `recorded_at`. Events that cover nothing change
// nothing.
void Apply(const cases::v1::CasesEvent& event, Instant recorded_at, Coverage& coverage);

}  // namespace holdfast
