// Agreements about contact, and what child, parents and carers said, as they are shown in a case.
#pragma once

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/permanence/facts.h"
#include "libs/permanence/history.h"

namespace holdfast::cases {

// Words of views are shown as far as `facts` hold them in the open.
void RenderContact(const History& history, const ChildFacts& facts, v1::CaseView& view);

}  // namespace holdfast::cases
