#include "libs/eventlog/partition_tail.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

// What a record costs here beside its bytes.
constexpr size_t kRecordOverhead_bytes = sizeof(LogRecord) + 32;

size_t CostOf(const LogRecord& record) { return record.bytes.size() + kRecordOverhead_bytes; }

}  // namespace

void PartitionTail::Add(LogRecord record) {
  StartAt(record.offset);
  HOLDFAST_CHECK(record.offset >= end_);
  end_ = record.offset + 1;
  bytes_ += CostOf(record);
  records_.push_back(std::move(record));
}

void PartitionTail::MoveEndTo(uint64_t offset) {
  StartAt(offset);
  end_ = std::max(end_, offset);
}

size_t PartitionTail::Evict() {
  if (records_.size() < 2) return 0;
  const size_t cost = CostOf(records_.front());
  first_ = records_.front().offset + 1;
  records_.pop_front();
  bytes_ -= cost;
  return cost;
}

std::vector<LogRecord> PartitionTail::Read(uint64_t from, size_t limit_bytes) const {
  HOLDFAST_CHECK(from >= first());
  std::vector<LogRecord> read;
  size_t bytes = 0;
  auto record = std::ranges::lower_bound(records_, from, {}, &LogRecord::offset);
  for (; record != records_.end() && (read.empty() || bytes < limit_bytes); ++record) {
    bytes += record->bytes.size();
    read.push_back(*record);
  }
  return read;
}

}  // namespace holdfast
