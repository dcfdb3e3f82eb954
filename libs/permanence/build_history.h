// From facts to history.
#pragma once

#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"
#include "libs/permanence/view.h"

namespace holdfast {

// The history of `child`, whose facts are `facts` and whose authority's sources cover `coverage`,
// as `view` sees it.
History BuildHistory(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage,
                     const View& view);

}  // namespace holdfast
