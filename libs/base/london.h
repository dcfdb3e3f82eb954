// The civil day in Europe/London, which the law of Scotland and of England goes by.
#pragma once

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"

namespace holdfast {

// The day in Europe/London at `instant`: UTC, and one hour more from the last Sunday of March 01:00
// UTC to the last Sunday of October 01:00 UTC (the Summer Time Order 2002, SI 2002/262).
CivilDate LondonDay(Instant instant);

}  // namespace holdfast
