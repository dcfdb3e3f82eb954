// A child's case as it is shown.
#pragma once

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/build_history.h"

namespace holdfast::cases {

// The case of `child` as `view` sees it. Personal data is shown as far as `facts` hold it in the
// open.
v1::CaseView RenderCase(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage,
                        const View& view);

}  // namespace holdfast::cases
