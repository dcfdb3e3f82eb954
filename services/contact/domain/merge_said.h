// A version of a fact: what was said before, and what is said now over it.
#pragma once

#include "holdfast/contact/v1/contact_events.pb.h"

namespace holdfast::contact {

// `before` with what `now` states; what is blank in `now` stays as it was. Words are open, or erased: then those of `now` stand
// alone. The kind stays.
v1::ContactFact Merged(v1::ContactFact before, const v1::ContactFact& now);

}  // namespace holdfast::contact
