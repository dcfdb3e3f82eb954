// The writing half of the Kafka log: an idempotent producer, made anew after a fatal error.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "libs/eventlog/event_log.h"
#include "libs/eventlog/kafka_handle.h"

namespace holdfast {

// A record of a topic that others read.
struct KafkaOutgoing {
  std::string topic;
  uint32_t partition = 0;
  std::string key;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string value;
  std::optional<std::chrono::milliseconds> timestamp;  // since 1970; none: when it was handed over
};

// Thread-safe. Reports come on its own thread.
class KafkaProducer {
 public:
  // Of one append; `offset` is that of the record, when the broker told it.
  using Delivered = std::function<void(AppendReport, std::optional<uint64_t> offset)>;

  // `events` outlives it.
  static Result<std::unique_ptr<KafkaProducer>> Open(KafkaSettings settings, KafkaEvents& events);
  // Waits a little for what is under way; what is left then is reported as not known.
  ~KafkaProducer();

  // Records to one partition are appended in the order of the calls. One larger than
  // kMostRecord_bytes is reported as failed.
  void Append(const std::string& topic, uint32_t partition, std::string bytes,
              Delivered delivered) {
    AppendWithKey(topic, partition, {}, std::move(bytes), std::move(delivered));
  }
  // With a key, by which the topic may be compacted; blank: none.
  void AppendWithKey(const std::string& topic, uint32_t partition, const std::string& key,
                     std::string bytes, Delivered delivered);

  void Publish(KafkaOutgoing record, Delivered delivered);

  // How often it was made anew.
  uint64_t renewals() const { return renewals_; }

 private:
  // One producer of librdkafka, with what it alone knows.
  class Generation;

  KafkaProducer(KafkaSettings settings, KafkaEvents& events);
  void RunUntilStopped();
  void Renew(Generation& broken);
  void ReportFailures();

  const KafkaSettings settings_;
  KafkaEvents& events_;
  std::atomic<uint64_t> renewals_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;  // guards the next two; held while a record is handed over
  std::shared_ptr<Generation> current_;
  std::deque<Delivered> failed_;  // to be reported
  std::thread thread_;            // last: uses all above
};

}  // namespace holdfast
