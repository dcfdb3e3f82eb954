#include "libs/eventlog/kafka_producer.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr int kPoll_ms = 20;
constexpr int kLastFlush_ms = 2000;
constexpr std::chrono::milliseconds kBetweenRenewals{200};

using Delivered = KafkaProducer::Delivered;

AppendReport ReportOf(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) return AppendReport::kAppended;
  return rd_kafka_message_status(&message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED
             ? AppendReport::kFailed
             : AppendReport::kUnknown;
}

}  // namespace

class KafkaProducer::Generation final : public KafkaListener {
 public:
  using KafkaListener::KafkaListener;

  static Result<std::shared_ptr<Generation>> Make(const KafkaSettings& settings,
                                                  KafkaEvents& events) {
    auto made = std::make_shared<Generation>(events);
    auto client = OpenKafka(settings, RD_KAFKA_PRODUCER, {}, *made);
    if (!client) return tl::unexpected(client.error());
    made->client_ = std::move(*client);
    return made;
  }
  // What is still waiting is told now: nobody will hear of it later.
  ~Generation() override {
    if (!client_) return;
    rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(client_.get(), kLastFlush_ms);
    topics_.clear();
  }

  // False: it was not taken, and `delivered` is as it was.
  bool Produce(const std::string& topic, uint32_t partition, const std::string& key,
               std::string& bytes, Delivered& delivered) {
    if (broken_) return false;
    auto waiting = std::make_unique<Delivered>(std::move(delivered));
    // An empty record is one without bytes, not a tombstone: the payload is never null.
    const int refused = rd_kafka_produce(
        TopicOf(topic), static_cast<int32_t>(partition), RD_KAFKA_MSG_F_COPY, bytes.data(),
        bytes.size(), key.empty() ? nullptr : key.data(), key.size(), waiting.get());
    if (refused != 0) {
      delivered = std::move(*waiting);
      return false;
    }
    (void)waiting.release();  // until OnDelivery
    return true;
  }

  // The same with headers.
  bool Publish(const KafkaOutgoing& record, Delivered& delivered) {
    if (broken_) return false;
    rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
    for (const auto& [name, value] : record.headers)
      rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                          static_cast<ssize_t>(value.size()));
    auto waiting = std::make_unique<Delivered>(std::move(delivered));
    std::vector<rd_kafka_vu_t> parts;
    const auto add = [&parts](rd_kafka_vtype_t type) -> auto& {
      parts.emplace_back().vtype = type;
      return parts.back().u;
    };
    add(RD_KAFKA_VTYPE_TOPIC).cstr = record.topic.c_str();
    add(RD_KAFKA_VTYPE_PARTITION).i32 = static_cast<int32_t>(record.partition);
    add(RD_KAFKA_VTYPE_MSGFLAGS).i = RD_KAFKA_MSG_F_COPY;
    add(RD_KAFKA_VTYPE_KEY).mem = {const_cast<char*>(record.key.data()), record.key.size()};
    add(RD_KAFKA_VTYPE_VALUE).mem = {const_cast<char*>(record.value.data()), record.value.size()};
    add(RD_KAFKA_VTYPE_HEADERS).headers = headers;
    add(RD_KAFKA_VTYPE_OPAQUE).ptr = waiting.get();
    if (record.timestamp) add(RD_KAFKA_VTYPE_TIMESTAMP).i64 = record.timestamp->count();
    rd_kafka_error_t* refused = rd_kafka_produceva(client_.get(), parts.data(), parts.size());
    if (refused != nullptr) {
      rd_kafka_error_destroy(refused);
      rd_kafka_headers_destroy(headers);
      delivered = std::move(*waiting);
      return false;
    }
    (void)waiting.release();  // until OnDelivery
    return true;
  }

  void OnDelivery(const rd_kafka_message_t& message) override {
    const std::unique_ptr<Delivered> delivered(static_cast<Delivered*>(message._private));
    const auto report = ReportOf(message);
    const bool has_offset = report == AppendReport::kAppended && message.offset >= 0;
    (*delivered)(report, has_offset ? std::optional<uint64_t>(message.offset) : std::nullopt);
  }
  void OnFatalError() override { broken_ = true; }

  bool broken() const { return broken_; }
  void Poll() { rd_kafka_poll(client_.get(), kPoll_ms); }
  void Flush() { rd_kafka_flush(client_.get(), kLastFlush_ms); }

 private:
  rd_kafka_topic_t* TopicOf(const std::string& name) {
    auto& topic = topics_[name];
    if (!topic) topic = OpenTopic(client_.get(), name);
    return topic.get();
  }

  std::atomic<bool> broken_ = false;
  KafkaClient client_;
  std::map<std::string, KafkaTopic> topics_;  // go before the client; guarded by mutex_
};

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::Open(KafkaSettings settings,
                                                           KafkaEvents& events) {
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer(std::move(settings), events));
  auto first = Generation::Make(producer->settings_, events);
  if (!first) return tl::unexpected(first.error());
  producer->current_ = std::move(*first);
  producer->thread_ = std::thread([raw = producer.get()] { raw->RunUntilStopped(); });
  return producer;
}

KafkaProducer::KafkaProducer(KafkaSettings settings, KafkaEvents& events)
    : settings_(std::move(settings)), events_(events) {}

KafkaProducer::~KafkaProducer() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (current_) current_->Flush();
  ReportFailures();
}

void KafkaProducer::AppendWithKey(const std::string& topic, uint32_t partition,
                                  const std::string& key, std::string bytes, Delivered delivered) {
  std::lock_guard lock(mutex_);
  if (bytes.size() <= kMostRecord_bytes &&
      current_->Produce(topic, partition, key, bytes, delivered)) {
    return;
  }
  failed_.push_back(std::move(delivered));
}

void KafkaProducer::Publish(KafkaOutgoing record, Delivered delivered) {
  std::lock_guard lock(mutex_);
  if (record.value.size() <= kMostRecord_bytes && current_->Publish(record, delivered)) return;
  failed_.push_back(std::move(delivered));
}

void KafkaProducer::RunUntilStopped() {
  while (!stopping_) {
    const std::shared_ptr<Generation> current = [this] {
      std::lock_guard lock(mutex_);
      return current_;
    }();
    current->Poll();
    ReportFailures();
    if (current->broken()) Renew(*current);
  }
}

void KafkaProducer::Renew(Generation& broken) {
  auto next = Generation::Make(settings_, events_);
  HOLDFAST_CHECK(next.has_value());  // the same settings were taken before
  {
    std::lock_guard lock(mutex_);
    HOLDFAST_CHECK(current_.get() == &broken);
    current_ = std::move(*next);
  }
  ++renewals_;
  // A cluster that refuses every producer does not keep this thread busy.
  std::this_thread::sleep_for(kBetweenRenewals);
}

void KafkaProducer::ReportFailures() {
  std::deque<Delivered> failed;
  {
    std::lock_guard lock(mutex_);
    failed.swap(failed_);
  }
  for (const Delivered& delivered : failed) delivered(AppendReport::kFailed, std::nullopt);
}

}  // namespace holdfast
