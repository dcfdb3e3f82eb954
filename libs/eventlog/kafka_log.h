// The event log on Apache Kafka: a topic for each service's journal, made by `holdfast topics
// apply`. Nothing of Kafka's transactions or consumer groups is used; the journal above needs none.
//
//   topic = PREFIX ".journal." SERVICE      record = one message without a key
//
// What is appended is read back by the same consumer that serves every reader at the end of the
// log. A reader that is far behind has a cursor of its own until it has caught up.
#pragma once

#include <memory>
#include <string>

#include "libs/eventlog/event_log.h"
#include "libs/eventlog/kafka_cursors.h"
#include "libs/eventlog/kafka_producer.h"
#include "libs/eventlog/kafka_tails.h"

namespace holdfast {

struct KafkaLogOptions {
  KafkaSettings settings;
  std::string deployment_id;  // random bytes, of the deployment record
  Log* log = nullptr;         // what an operator is told; outlives the log
  size_t tail_bytes = size_t{64} << 20;
  KafkaCursors::Limits cursors = {};
};

// An append is reported as appended once this log's own consumer has it, where that follows the
// partition. Appending to a partition that the cluster does not have is reported as failed.
class KafkaLog final : public EventLog {
 public:
  // KAFKA_NOT_REACHED when no broker answers in time; KAFKA_NOT_ALLOWED; NO_TOPIC when there is no
  // journal's topic with this prefix.
  static Result<std::unique_ptr<KafkaLog>> Open(KafkaLogOptions options);
  ~KafkaLog() override;

  // The deployment's id, then the cluster's: the same for all partitions.
  std::string Id(const LogPartition&) const override { return id_; }
  void Append(const LogPartition& partition, std::string bytes, Reported reported) override;
  // Waits for a broker while there are records that it has not seen. LOG_TRUNCATED: the log does
  // not hold `from` any more, or ends before it.
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override;
  // As the broker told last, where somebody reads or watches the partition: a few milliseconds ago
  // while it can be reached. Else it is asked.
  Result<uint64_t> End(const LogPartition& partition) override;
  Result<uint64_t> EndNow(const LogPartition& partition) override;
  Watcher Watch(const LogPartition& partition, Wake wake) override;

  KafkaCounts counts() const { return events_.counts(); }
  uint64_t producer_renewals() const { return producer_->renewals(); }

 private:
  explicit KafkaLog(KafkaLogOptions options);

  Result<void> LearnCluster();
  bool Has(const LogPartition& partition) const;
  Result<void> Require(const LogPartition& partition) const;
  Result<uint64_t> AskForEnd(const LogPartition& partition, std::chrono::milliseconds limit);
  Result<void> Follow(const LogPartition& partition);
  Result<std::vector<LogRecord>> ReadAtEnd(const LogPartition& partition, uint64_t from,
                                           KafkaTails::Found found);
  void StopIdleUntilStopped();

  const KafkaLogOptions options_;
  KafkaEvents events_;
  std::string id_;
  std::map<std::string, uint32_t> partitions_;  // by service: how many
  KafkaListener listener_{events_};
  KafkaClient asks_;  // apart: a question waits behind its own client's wait for news
  std::unique_ptr<KafkaCursors> cursors_;
  std::unique_ptr<KafkaTails> tails_;
  std::unique_ptr<KafkaProducer> producer_;  // reports to the tails

  std::mutex mutex_;
  std::condition_variable stops_;
  bool stopping_ = false;
  std::thread idle_;  // last: uses the cursors
};

}  // namespace holdfast
