#include "tests/sim/history.h"

#include <algorithm>
#include <iterator>

namespace holdfast {

History History::Of(uint32_t partition, uint32_t partition_count) const {
  const auto lies_there = [&](const auto& seen) {
    return PartitionOf(seen.subject, partition_count) == partition;
  };
  History part;
  std::ranges::copy_if(commands, std::back_inserter(part.commands), lies_there);
  std::ranges::copy_if(reads, std::back_inserter(part.reads), lies_there);
  return part;
}

}  // namespace holdfast
