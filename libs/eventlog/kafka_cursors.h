// The reading half of the Kafka log, far from its end: consumers that stay where a reader left
// them, so that reading on costs no more than the bytes, whatever others read.
//
// A lane is one consumer; in it each partition has at most one cursor. Several readers of one
// partition, at different places, use several lanes.
#pragma once

#include <condition_variable>
#include <map>
#include <set>
#include <vector>

#include "libs/eventlog/event_log.h"
#include "libs/eventlog/kafka_handle.h"

namespace holdfast {

// Thread-safe. Each cursor has up to about 2 MiB of records ahead of its reader.
class KafkaCursors {
 public:
  struct Limits {
    size_t lanes = 4;
    size_t cursors = 32;
    std::chrono::milliseconds patience{60'000};  // for a record that is there
    std::chrono::milliseconds idle{5'000};       // a cursor that nobody reads on is given up
  };

  // `events` outlives it. No consumer is made before one is needed.
  KafkaCursors(KafkaSettings settings, KafkaEvents& events, Limits limits);
  ~KafkaCursors();

  // As EventLog::Read, of records before `end`, which is not after the log's end. None: all from
  // `from` to `end` are gaps.
  // LOG_TRUNCATED when the log does not hold `from` any more; RECORD_NOT_READ;
  // KAFKA_NOT_REACHED when none came in time.
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes, uint64_t end);

  // Gives up cursors that nobody reads on.
  void StopIdle();

  size_t cursor_count();

 private:
  struct Cursor {
    KafkaTopic topic;
    uint64_t next = 0;  // where it stands; only while nobody uses it
    bool in_use = false;
    Monotonic used{};
  };
  struct Lane {
    KafkaClient client;
    std::set<std::string> services;  // whose topics it knows
    std::map<LogPartition, Cursor> cursors;
  };

  Result<Cursor*> Acquire(const LogPartition& partition, uint64_t from);
  Result<Cursor*> Place(Lane& lane, const LogPartition& partition, uint64_t from);
  Result<Lane*> LaneFor(const LogPartition& partition, uint64_t from);
  void Release(const LogPartition& partition, Cursor& cursor, bool keep);
  void StopOldest();
  Result<std::vector<LogRecord>> ReadWith(Cursor& cursor, const LogPartition& partition,
                                          size_t limit_bytes, uint64_t end);

  const KafkaSettings settings_;
  const Limits limits_;
  KafkaListener listener_;
  std::mutex mutex_;  // guards lanes_, and cursors that are not in use
  std::condition_variable released_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace holdfast
