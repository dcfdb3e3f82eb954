// The newest records of one partition, kept in memory for all who read at its end. Without lock,
// thread or I/O; its user has them.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "libs/eventlog/event_log.h"

namespace holdfast {

class PartitionTail {
 public:
  // Begins at `offset`, with nothing: what is before it is not here. Again is no error.
  void StartAt(uint64_t offset) {
    if (!first_) first_ = end_ = offset;
  }
  bool started() const { return first_.has_value(); }

  // The next record. Offsets may have gaps, and never go back.
  void Add(LogRecord record);
  // No record is before `offset` but those added.
  void MoveEndTo(uint64_t offset);
  // Forgets the oldest record, unless it is the only one; the bytes that this gives back.
  size_t Evict();

  // From here on all that is before end() is held. Only when started.
  uint64_t first() const { return *first_; }
  uint64_t end() const { return end_; }
  size_t bytes() const { return bytes_; }

  // As EventLog::Read, of what is held; `from` is not before first().
  std::vector<LogRecord> Read(uint64_t from, size_t limit_bytes) const;

  // Nothing can be read at or after end() any more.
  void Fail(Status why) {
    if (!failure_) failure_ = std::move(why);
  }
  const std::optional<Status>& failure() const { return failure_; }

 private:
  std::optional<uint64_t> first_;
  uint64_t end_ = 0;
  size_t bytes_ = 0;
  std::deque<LogRecord> records_;
  std::optional<Status> failure_;
};

}  // namespace holdfast
