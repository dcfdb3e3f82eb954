// What clients saw, in one order of time: the evidence that the checker judges.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/shard/command.h"

namespace holdfast {

// One command of one client, over all its attempts.
struct CommandSeen {
  std::string authority;
  CommandId id;
  SubjectId subject;
  std::string value;
  uint64_t invoked = 0;              // when first sent, as a count of happenings
  std::optional<uint64_t> answered;  // when first answered
  std::optional<Answer> answer;
  uint32_t not_taken = 0;  // attempts that got this answer
  uint32_t unknown = 0;    // ... or no answer, for a crash
  uint32_t attempts = 0;
};

// One read that was answered.
struct ReadSeen {
  SubjectId subject;
  uint64_t at_least = 0;
  uint64_t position = 0;
  std::vector<std::string> values;
};

// A push that was answered as told.
struct PushSeen {
  SubjectId subject;
  uint64_t through = 0;        // number of its partition's last event that the caller knew of
  std::vector<uint64_t> ends;  // of the logs when it was answered, by partition
};

struct History {
  // What it says of the subjects of one partition.
  History Of(uint32_t partition, uint32_t partition_count) const;

  std::vector<CommandSeen> commands;
  std::vector<ReadSeen> reads;
  std::vector<PushSeen> pushes;
  std::vector<std::string> violations;  // what was wrong at the moment it was seen
};

}  // namespace holdfast
