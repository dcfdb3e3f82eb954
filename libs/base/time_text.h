#pragma once

#include <string>

#include "libs/base/clock.h"

namespace holdfast {

// RFC 3339, UTC, to the microsecond.
std::string TimeText(Instant instant);

}  // namespace holdfast
