// From where a record is looked at: what was known by a day, or what had been recorded by an
// instant.
#pragma once

#include <optional>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"

namespace holdfast {

// "As known at" goes by the day a source says it knew; "as recorded at" is the auditor's view. Both
// may be limited.
struct View {
  CivilDate known_at = kDistantFuture;  // reported by the end of this day, Europe/London
  Instant recorded_at = Instant::max();

  bool Sees(CivilDate reported, Instant recorded) const {
    return reported <= known_at && recorded <= recorded_at;
  }
};

}  // namespace holdfast
