// The reading half of the Kafka log, at its end: one consumer for all partitions that somebody
// reads or watches, and their newest records in bounded memory, shared by all readers.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include "libs/eventlog/kafka_handle.h"
#include "libs/eventlog/partition_tail.h"
#include "libs/eventlog/watch_list.h"

namespace holdfast {

// Thread-safe.
class KafkaTails {
 public:
  using Reported = EventLog::Reported;

  struct Found {
    std::vector<LogRecord> records;
    uint64_t first = 0;  // records before it are to be read elsewhere
    uint64_t end = 0;
  };

  // `events` outlives it. Holds about `most_bytes` of records.
  static Result<std::unique_ptr<KafkaTails>> Open(const KafkaSettings& settings,
                                                  KafkaEvents& events, size_t most_bytes);
  ~KafkaTails();

  bool Follows(const LogPartition& partition);
  // Begins to follow the partition from `end` on, which is its end; nothing: from where the broker
  // says that it ends, which takes longer. When it is followed already that goes on.
  void Follow(const LogPartition& partition, std::optional<uint64_t> end);

  // What is held from `from` on; no records when `from` is before `first` or not before `end`. The
  // partition is followed. KAFKA_NOT_REACHED when its end is not told in time. What keeps all after
  // the end from being read fails: LOG_TRUNCATED, RECORD_NOT_READ, KAFKA_NOT_ALLOWED.
  Result<Found> Read(const LogPartition& partition, uint64_t from, size_t limit_bytes);

  // Where the partition ends as the broker told last; nothing while it is not followed.
  std::optional<uint64_t> End(const LogPartition& partition);

  EventLog::Watcher Watch(const LogPartition& partition, EventLog::Wake wake) {
    return watches_.Add(partition, std::move(wake));
  }

  // Calls `reported` once the record at `offset` is held, or at once when nobody follows.
  void ReportWhenRead(const LogPartition& partition, uint64_t offset, Reported reported);

 private:
  struct Followed {
    LogPartition partition;
    KafkaTopic topic;
    PartitionTail tail;
    std::multimap<uint64_t, Reported> reports;  // by the offset that they wait for
  };
  // What is called once the lock is let go.
  struct Calls {
    std::vector<LogPartition> wakes;
    std::vector<Reported> reports;
  };

  KafkaTails(const KafkaSettings& settings, KafkaEvents& events, size_t most_bytes)
      : prefix_(settings.topic_prefix), most_bytes_(most_bytes), listener_(events) {}

  void RunUntilStopped();
  void Take(rd_kafka_message_t& message, Calls& calls);
  void TakeReports(Followed& followed, Calls& calls);
  void EvictUntilBounded();

  const std::string prefix_;
  const size_t most_bytes_;
  KafkaListener listener_;
  WatchList watches_;

  std::mutex mutex_;  // guards the next four
  std::condition_variable started_;
  std::map<LogPartition, std::unique_ptr<Followed>> followed_;
  size_t bytes_ = 0;
  std::set<std::string> services_;  // whose topics the client knows

  std::atomic<bool> stopping_ = false;
  KafkaClient client_;  // after the listener, before the queue
  KafkaQueue queue_;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
