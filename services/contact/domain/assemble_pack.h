// The evidence of a child's contact for a hearing or court: what each source states, in order of days.
#pragma once

#include <optional>

#include "holdfast/contact/v1/contact_view.pb.h"
#include "libs/permanence/facts.h"

namespace holdfast::contact {

// The days that a pack tells of, both included; no first one: from the beginning.
struct PackDays {
  std::optional<CivilDate> from;
  CivilDate to;
};

// As known at the end of `today`. What was agreed before the first day and stood on it is told of too, with
// what was varied. The words of `facts.contact` are open.
v1::PackView AssemblePack(const SubjectId& child, const ChildFacts& facts,
                                      const PackDays& days, CivilDate today);

}  // namespace holdfast::contact
