// Brings a command to the instance that owns its partition.
#pragma once

#include "libs/eventlog/event_log.h"
#include "libs/shard/command.h"

namespace holdfast {

// Any thread may call; never blocks.
class CommandForwarder {
 public:
  virtual ~CommandForwarder() = default;
  // Calls `reply` once, on any thread, with what the owner answered. kUnavailable with NOT_TAKEN
  // when no owner is known, it cannot be reached, or it owns the partition no longer; with
  // OUTCOME_UNKNOWN when it did not answer.
  virtual void Forward(const LogPartition& partition, Command command, Reply reply) = 0;
};

}  // namespace holdfast
