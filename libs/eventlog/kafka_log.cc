#include "libs/eventlog/kafka_log.h"

#include "libs/eventlog/kafka_end.h"

namespace holdfast {
namespace {

constexpr std::chrono::milliseconds kAsk{20'000};
constexpr std::chrono::milliseconds kAskToWatch{2'000};
constexpr std::chrono::seconds kIdleEvery{1};

std::string NameOf(const LogPartition& partition) {
  return partition.service + "/" + std::to_string(partition.partition);
}

using Metadata = std::unique_ptr<const rd_kafka_metadata_t, KafkaFree<rd_kafka_metadata_destroy>>;

Result<Metadata> AskForTopics(rd_kafka_t* client) {
  const rd_kafka_metadata_t* asked = nullptr;
  const auto error = rd_kafka_metadata(client, 1, nullptr, &asked, kAsk.count());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(KafkaStatus(error, "Kafka's topics"));
  }
  return Metadata(asked);
}

Result<std::string> AskForClusterId(rd_kafka_t* client) {
  char* text = rd_kafka_clusterid(client, kAsk.count());
  if (text == nullptr) {
    return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED", "no broker tells its cluster's id");
  }
  std::string id = text;
  rd_kafka_mem_free(client, text);
  return id;
}

}  // namespace

KafkaLog::KafkaLog(KafkaLogOptions options) : options_(std::move(options)), events_(options_.log) {}

Result<std::unique_ptr<KafkaLog>> KafkaLog::Open(KafkaLogOptions options) {
  std::unique_ptr<KafkaLog> log(new KafkaLog(std::move(options)));
  const KafkaSettings& settings = log->options_.settings;
  auto asks = OpenKafka(settings, RD_KAFKA_CONSUMER, {}, log->listener_);
  if (!asks) return tl::unexpected(asks.error());
  log->asks_ = std::move(*asks);
  auto tails = KafkaTails::Open(settings, log->events_, log->options_.tail_bytes);
  if (!tails) return tl::unexpected(tails.error());
  log->tails_ = std::move(*tails);
  if (auto learnt = log->LearnCluster(); !learnt) return tl::unexpected(learnt.error());
  log->cursors_ = std::make_unique<KafkaCursors>(settings, log->events_, log->options_.cursors);
  auto producer = KafkaProducer::Open(settings, log->events_);
  if (!producer) return tl::unexpected(producer.error());
  log->producer_ = std::move(*producer);
  log->idle_ = std::thread([raw = log.get()] { raw->StopIdleUntilStopped(); });
  return log;
}

KafkaLog::~KafkaLog() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stops_.notify_all();
  if (idle_.joinable()) idle_.join();
  producer_.reset();
}

Result<void> KafkaLog::LearnCluster() {
  const auto topics = AskForTopics(asks_.get());
  if (!topics) return tl::unexpected(topics.error());
  const std::string prefix = JournalTopic(options_.settings.topic_prefix, "");
  for (int i = 0; i < (*topics)->topic_cnt; ++i) {
    const auto& topic = (*topics)->topics[i];
    const std::string name = topic.topic;
    if (name.starts_with(prefix) && topic.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      partitions_[name.substr(prefix.size())] = static_cast<uint32_t>(topic.partition_cnt);
    }
  }
  if (partitions_.empty()) {
    return Fail(StatusCode::kFailedPrecondition, "NO_TOPIC",
                "Kafka at " + options_.settings.brokers + " shows no topic " + prefix +
                    "SERVICE; make them with: holdfast topics apply");
  }
  const auto cluster = AskForClusterId(asks_.get());
  if (!cluster) return tl::unexpected(cluster.error());
  id_ = options_.deployment_id + *cluster;
  return {};
}

bool KafkaLog::Has(const LogPartition& partition) const {
  const auto found = partitions_.find(partition.service);
  return found != partitions_.end() && partition.partition < found->second;
}

Result<void> KafkaLog::Require(const LogPartition& partition) const {
  if (Has(partition)) return {};
  return Fail(StatusCode::kFailedPrecondition, "NO_TOPIC",
              "Kafka has no partition " + std::to_string(partition.partition) + " of the topic " +
                  JournalTopic(options_.settings.topic_prefix, partition.service) +
                  "; make it with: holdfast topics apply");
}

void KafkaLog::Append(const LogPartition& partition, std::string bytes, Reported reported) {
  // Whatever the partition, the producer's thread tells: a record that is too large is refused.
  if (!Has(partition)) bytes.assign(kMostRecord_bytes + 1, '\0');
  producer_->Append(JournalTopic(options_.settings.topic_prefix, partition.service),
                    partition.partition, std::move(bytes),
                    [this, partition, reported = std::move(reported)](
                        AppendReport report, std::optional<uint64_t> offset) {
                      if (!reported) return;
                      if (!offset) return reported(report);
                      tails_->ReportWhenRead(partition, *offset, reported);
                    });
}

Result<std::vector<LogRecord>> KafkaLog::Read(const LogPartition& partition, uint64_t from,
                                              size_t limit_bytes) {
  if (auto has = Require(partition); !has) return tl::unexpected(has.error());
  if (auto followed = Follow(partition); !followed) return tl::unexpected(followed.error());
  while (true) {
    auto found = tails_->Read(partition, from, limit_bytes);
    if (!found) return tl::unexpected(found.error());
    if (from >= found->first) return ReadAtEnd(partition, from, std::move(*found));
    auto records = cursors_->Read(partition, from, limit_bytes, found->first);
    if (!records || !records->empty()) return records;
    from = found->first;  // nothing but gaps before it
  }
}

// Nothing held from `from` on: none yet, unless the log is shorter than its reader knows.
Result<std::vector<LogRecord>> KafkaLog::ReadAtEnd(const LogPartition& partition, uint64_t from,
                                                   KafkaTails::Found found) {
  if (!found.records.empty() || from <= found.end) return std::move(found.records);
  const auto end = AskForEnd(partition, kAsk);
  if (!end) return tl::unexpected(end.error());
  if (from <= *end) return std::move(found.records);
  return Fail(StatusCode::kDataLoss, "LOG_TRUNCATED",
              "journal " + NameOf(partition) + " ends at offset " + std::to_string(*end) +
                  ", but was read to " + std::to_string(from) + " before: the log was cut");
}

Result<void> KafkaLog::Follow(const LogPartition& partition) {
  if (tails_->Follows(partition)) return {};
  const auto end = AskForEnd(partition, kAsk);
  if (!end) return tl::unexpected(end.error());
  tails_->Follow(partition, *end);
  return {};
}

Result<uint64_t> KafkaLog::AskForEnd(const LogPartition& partition,
                                     std::chrono::milliseconds limit) {
  return holdfast::AskForEnd(asks_.get(),
                             {JournalTopic(options_.settings.topic_prefix, partition.service),
                              static_cast<int32_t>(partition.partition)},
                             limit, "the end of journal " + NameOf(partition));
}

Result<uint64_t> KafkaLog::EndNow(const LogPartition& partition) {
  if (auto has = Require(partition); !has) return tl::unexpected(has.error());
  return AskForEnd(partition, kAsk);
}

Result<uint64_t> KafkaLog::End(const LogPartition& partition) {
  if (auto has = Require(partition); !has) return tl::unexpected(has.error());
  if (const auto end = tails_->End(partition)) return *end;
  return AskForEnd(partition, kAsk);
}

EventLog::Watcher KafkaLog::Watch(const LogPartition& partition, Wake wake) {
  // Of a partition that is not there nothing ever comes.
  if (!Has(partition)) return std::make_shared<Wake>(std::move(wake));
  // First the watcher: from its start on it is woken.
  auto watcher = tails_->Watch(partition, std::move(wake));
  if (!tails_->Follows(partition)) {
    const auto end = AskForEnd(partition, kAskToWatch);
    tails_->Follow(partition, end ? std::optional(*end) : std::nullopt);
  }
  return watcher;
}

void KafkaLog::StopIdleUntilStopped() {
  std::unique_lock lock(mutex_);
  while (!stops_.wait_for(lock, kIdleEvery, [this] { return stopping_; })) cursors_->StopIdle();
}

}  // namespace holdfast
