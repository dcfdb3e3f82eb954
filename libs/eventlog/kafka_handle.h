// librdkafka's C API as values that free themselves, with the settings that the journal needs.
#pragma once

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "libs/eventlog/kafka_settings.h"
#include "libs/obs/log.h"

namespace holdfast {

template <auto kFree>
struct KafkaFree {
  void operator()(auto* it) const { kFree(it); }
};
using KafkaTopic = std::unique_ptr<rd_kafka_topic_t, KafkaFree<rd_kafka_topic_destroy>>;
using KafkaQueue = std::unique_ptr<rd_kafka_queue_t, KafkaFree<rd_kafka_queue_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, KafkaFree<rd_kafka_message_destroy>>;
using KafkaClient = std::unique_ptr<rd_kafka_t, KafkaFree<rd_kafka_destroy>>;

// An append that Kafka has no word of within this time has an unknown outcome.
inline constexpr std::chrono::milliseconds kDeliveryTimeout{15'000};
// Of a topic: Kafka counts a batch of records with what it adds.
inline constexpr size_t kTopicMessage_bytes = size_t{1} << 20;
// Of a record: more than the journal ever writes (512 KiB, and one command of 256 KiB above that).
inline constexpr size_t kMostRecord_bytes = kTopicMessage_bytes - 4096;

// How many lines librdkafka logged, and how many of its errors were told. At a broker's end they
// are many.
struct KafkaCounts {
  uint64_t log_lines = 0;
  uint64_t errors = 0;
  uint64_t fatal_errors = 0;
};

// What librdkafka says of itself: counted, and passed on only as far as an operator needs it.
// Thread-safe.
class KafkaEvents {
 public:
  explicit KafkaEvents(Log* log) : log_(log) {}  // null: counts alone

  void OnLogLine(int level, const char* facility, const char* text);
  void OnError(rd_kafka_resp_err_t error, const char* text);
  KafkaCounts counts() const;

 private:
  bool MayTell();  // at most one line in ten seconds

  Log* const log_;
  std::atomic<uint64_t> log_lines_ = 0;
  std::atomic<uint64_t> errors_ = 0;
  std::atomic<uint64_t> fatal_errors_ = 0;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point told_{};
};

// What a client tells its user. Calls come from whoever polls it, log lines from any thread.
class KafkaListener {
 public:
  explicit KafkaListener(KafkaEvents& events) : events_(events) {}
  virtual ~KafkaListener() = default;
  virtual void OnDelivery(const rd_kafka_message_t&) {}
  virtual void OnFatalError() {}
  // Of a consumer group's member: what it is given or has to give up.
  virtual void OnRebalance(rd_kafka_t&, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t&) {}
  KafkaEvents& events() const { return events_; }

 private:
  KafkaEvents& events_;
};

// A producer or consumer; `more` stands over the defaults, and below what the user's file says.
// `listener` outlives it. INVALID_KAFKA_CONFIG when librdkafka refuses a property.
Result<KafkaClient> OpenKafka(const KafkaSettings& settings, rd_kafka_type_t type,
                              const KafkaProperties& more, KafkaListener& listener);

// A topic of the client, under the client's settings.
KafkaTopic OpenTopic(rd_kafka_t* client, const std::string& name);

// Asks who leads the topic's partitions, so that what is started on it begins at once rather than
// when the client asks by itself. Who cannot be reached is found later.
void AskForLeaders(rd_kafka_t* client, rd_kafka_topic_t* topic);

// What went wrong with a topic's partition, in plain words.
Status KafkaStatus(rd_kafka_resp_err_t error, const std::string& what);

}  // namespace holdfast
