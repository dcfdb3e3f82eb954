// Time as an input.
#pragma once

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"

namespace holdfast {

struct Moment {
  Instant wall{};      // what records are stamped with
  Monotonic steady{};  // what deadlines are measured by
  CivilDate today;     // the civil day by the deployment's clock
};

}  // namespace holdfast
