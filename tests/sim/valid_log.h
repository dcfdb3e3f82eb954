// The checkers' own reader rule.
#pragma once

#include <vector>

#include "libs/eventlog/event_log.h"
#include "libs/journal/record.h"

namespace holdfast {

struct ValidBatch {
  journal::v1::Record record;
  uint64_t offset = 0;
  uint64_t events_before = 0;
  Chain chain;  // after it
};

// The valid batches of a log, by the rule as the design states it.
std::vector<ValidBatch> ValidBatches(const std::vector<LogRecord>& log);

}  // namespace holdfast
