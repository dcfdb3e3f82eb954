// A table that all instances share, on a compacted topic of Kafka: a record's key is the row's key,
// its payload the row's value. Records without a key are no rows.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <thread>

#include "libs/eventlog/kafka_producer.h"
#include "libs/eventlog/shared_table.h"

namespace holdfast {

class KafkaTable final : public SharedTable {
 public:
  // Reads the whole topic before it returns. `events` outlives it. NO_TOPIC, KAFKA_NOT_REACHED,
  // KAFKA_NOT_ALLOWED.
  static Result<std::unique_ptr<KafkaTable>> Open(const KafkaSettings& settings, std::string topic,
                                                  KafkaEvents& events);
  ~KafkaTable() override;

  Result<void> Put(const std::vector<TableRow>& rows) override;
  std::optional<std::string> Get(const std::string& key) const override;
  Result<void> CatchUp() override;
  std::map<std::string, std::string> All() const override;
  void FollowWith(Follow follow) override;

 private:
  using Offsets = std::vector<uint64_t>;  // by partition: of the record after the last

  KafkaTable(std::string topic, KafkaEvents& events)
      : topic_(std::move(topic)), listener_(events) {}

  Result<void> Start(const KafkaSettings& settings, KafkaEvents& events);
  Result<Offsets> AskForEnds();
  Result<void> WaitUntilRead(const Offsets& ends);
  void RunUntilStopped();
  void Take(const rd_kafka_message_t& message);

  const std::string topic_;
  KafkaListener listener_;
  std::unique_ptr<KafkaProducer> producer_;

  mutable std::mutex mutex_;  // guards the next four
  std::condition_variable read_;
  std::map<std::string, std::string> rows_;
  Offsets next_;
  std::optional<Status> failure_;
  std::recursive_mutex following_;  // held while a row is shown; guards follow_
  Follow follow_;

  std::atomic<bool> stopping_ = false;
  KafkaClient client_;  // after the listener, before topic and queue
  KafkaTopic handle_;
  KafkaQueue queue_;
  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
