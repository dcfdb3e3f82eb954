// Tells operators when a partition's journals cannot be read, and when they can again.
#pragma once

#include <set>

#include "libs/obs/log.h"
#include "services/node/partition_census.h"

namespace holdfast {

// One thread's.
class UnreadableJournals {
 public:
  explicit UnreadableJournals(Log& log) : log_(log) {}

  // What this instance holds now; a line for each change.
  void Look(const PartitionRows& here);

 private:
  Log& log_;
  std::set<LogPartition> told_;
};

}  // namespace holdfast
