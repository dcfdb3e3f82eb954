// Whether the system's clock can be believed, by what was recorded before.
#pragma once

#include <string>

#include "libs/base/clock.h"
#include "libs/eventlog/event_log.h"

namespace holdfast::alerting {

// Why no day may begin by a clock that shows `now`: it is over 20 days ahead of the newest record
// of the partitions' journals, or over 5 minutes behind. Blank: it can be believed.
Result<std::string> WhyClockIsRefused(EventLog& log, uint32_t partition_count, Instant now);

}  // namespace holdfast::alerting
