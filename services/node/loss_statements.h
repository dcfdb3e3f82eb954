// What journals say of a loss that a person has accepted: in the journal that lost its end, in
// those that react to it, and in the audit.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/journal/appender.h"
#include "libs/journal/loss.h"

namespace holdfast {

struct AcceptedLoss {
  std::vector<LostEnd> lost;
  std::string who;  // the operator's URI
  uint32_t partition_count = 1;
  std::string where;  // of what stands in the audit: said before what was lost; may be blank
};

// What is to be said, journal by journal.
std::map<LogPartition, EventsToAdd> WhatToSay(const AcceptedLoss& loss);

// Adds it to `log`, which nobody serves and whose journals end where `loss` says: the operator's
// act comes last, so that where it stands, all was said.
Result<void> SayLoss(EventLog& log, const AcceptedLoss& loss, Instant now);

}  // namespace holdfast
