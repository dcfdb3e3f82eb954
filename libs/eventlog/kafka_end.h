// Where a partition ends, asked of the broker that leads it.
#pragma once

#include <chrono>
#include <string>

#include "libs/base/status.h"
#include "libs/eventlog/kafka_handle.h"

namespace holdfast {

struct KafkaPartition {
  std::string topic;
  int32_t partition = 0;
};

// The offset after its last record. While nobody leads it, or who led it is gone, it is asked again
// until `limit`: a client goes on asking a broker that is gone for as long as it remembers that one
// as the leader. `what` is for the message of a failure. Blocks.
Result<uint64_t> AskForEnd(rd_kafka_t* client, const KafkaPartition& partition,
                           std::chrono::milliseconds limit, const std::string& what);

}  // namespace holdfast
