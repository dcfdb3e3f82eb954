#include "libs/eventlog/kafka_table.h"

#include <algorithm>
#include <array>
#include <memory>

#include "libs/base/check.h"
#include "libs/eventlog/kafka_end.h"

namespace holdfast {
namespace {

constexpr int kAsk_ms = 20'000;
constexpr int kPoll_ms = 100;
constexpr size_t kAtOnce = 256;
constexpr std::chrono::seconds kReadLimit{30};
constexpr std::chrono::milliseconds kPutLimit = kDeliveryTimeout + std::chrono::seconds(5);

// FNV-1a 64, as of subjects.
uint32_t PartitionOfKey(const std::string& key, size_t count) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : key) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  return static_cast<uint32_t>(hash % count);
}

Result<size_t> CountPartitions(rd_kafka_t* client, rd_kafka_topic_t* topic,
                               const std::string& name) {
  const rd_kafka_metadata_t* asked = nullptr;
  const auto error = rd_kafka_metadata(client, 0, topic, &asked, kAsk_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return tl::unexpected(KafkaStatus(error, "topic " + name));
  const std::unique_ptr<const rd_kafka_metadata_t, KafkaFree<rd_kafka_metadata_destroy>> metadata(
      asked);
  if (metadata->topic_cnt != 1 || metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR ||
      metadata->topics[0].partition_cnt == 0) {
    return tl::unexpected(KafkaStatus(
        metadata->topic_cnt == 1 && metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR
            ? metadata->topics[0].err
            : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        "topic " + name));
  }
  return static_cast<size_t>(metadata->topics[0].partition_cnt);
}

// What became of the rows of one Put.
struct Putting {
  std::mutex mutex;
  std::condition_variable told;
  size_t left = 0;
  bool failed = false;
  bool unknown = false;
  std::vector<uint64_t> ends;  // by partition
};

}  // namespace

Result<std::unique_ptr<KafkaTable>> KafkaTable::Open(const KafkaSettings& settings,
                                                     std::string topic, KafkaEvents& events) {
  std::unique_ptr<KafkaTable> table(new KafkaTable(std::move(topic), events));
  if (auto started = table->Start(settings, events); !started)
    return tl::unexpected(started.error());
  if (auto read = table->CatchUp(); !read) return tl::unexpected(read.error());
  return table;
}

Result<void> KafkaTable::Start(const KafkaSettings& settings, KafkaEvents& events) {
  auto client = OpenKafka(settings, RD_KAFKA_CONSUMER, {{"fetch.wait.max.ms", "100"}}, listener_);
  if (!client) return tl::unexpected(client.error());
  client_ = std::move(*client);
  handle_ = OpenTopic(client_.get(), topic_);
  const auto count = CountPartitions(client_.get(), handle_.get(), topic_);
  if (!count) return tl::unexpected(count.error());
  next_.resize(*count);
  auto producer = KafkaProducer::Open(settings, events);
  if (!producer) return tl::unexpected(producer.error());
  producer_ = std::move(*producer);
  queue_.reset(rd_kafka_queue_new(client_.get()));
  for (size_t partition = 0; partition < *count; ++partition) {
    HOLDFAST_CHECK(rd_kafka_consume_start_queue(handle_.get(), static_cast<int32_t>(partition),
                                                RD_KAFKA_OFFSET_BEGINNING, queue_.get()) == 0);
  }
  thread_ = std::thread([this] { RunUntilStopped(); });
  return {};
}

KafkaTable::~KafkaTable() {
  producer_.reset();
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (!queue_) return;
  for (size_t partition = 0; partition < next_.size(); ++partition)
    rd_kafka_consume_stop(handle_.get(), static_cast<int32_t>(partition));
}

Result<KafkaTable::Offsets> KafkaTable::AskForEnds() {
  Offsets ends;
  while (ends.size() < next_.size()) {
    const auto end = AskForEnd(client_.get(), {topic_, static_cast<int32_t>(ends.size())},
                               kReadLimit, "topic " + topic_);
    if (!end) return tl::unexpected(end.error());
    ends.push_back(*end);
  }
  return ends;
}

Result<void> KafkaTable::WaitUntilRead(const Offsets& ends) {
  std::unique_lock lock(mutex_);
  const auto is_read = [&] {
    return std::ranges::equal(next_, ends, std::ranges::greater_equal());
  };
  const bool done = read_.wait_for(lock, kReadLimit, [&] { return failure_ || is_read(); });
  if (failure_) return tl::unexpected(*failure_);
  if (done) return {};
  return Fail(StatusCode::kUnavailable, "NOT_YET_READ", "topic " + topic_ + " is not read yet");
}

Result<void> KafkaTable::CatchUp() {
  const auto ends = AskForEnds();
  if (!ends) return tl::unexpected(ends.error());
  return WaitUntilRead(*ends);
}

Result<void> KafkaTable::Put(const std::vector<TableRow>& rows) {
  if (rows.empty()) return {};
  const auto putting = std::make_shared<Putting>();
  putting->left = rows.size();
  putting->ends.resize(next_.size());
  for (const TableRow& row : rows) {
    const uint32_t partition = PartitionOfKey(row.key, next_.size());
    producer_->AppendWithKey(
        topic_, partition, row.key, row.value,
        [putting, partition](AppendReport report, std::optional<uint64_t> offset) {
          const std::lock_guard lock(putting->mutex);
          putting->failed = putting->failed || report == AppendReport::kFailed;
          putting->unknown = putting->unknown || (report != AppendReport::kFailed && !offset);
          if (offset) putting->ends[partition] = std::max(putting->ends[partition], *offset + 1);
          if (--putting->left == 0) putting->told.notify_all();
        });
  }
  Offsets ends;
  {
    std::unique_lock lock(putting->mutex);
    const bool told = putting->told.wait_for(lock, kPutLimit, [&] { return putting->left == 0; });
    if (!told || putting->unknown || putting->failed) {
      return Fail(StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
                  "topic " + topic_ + ": it is not known whether the rows were taken");
    }
    ends = putting->ends;
  }
  return WaitUntilRead(ends);
}

std::optional<std::string> KafkaTable::Get(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = rows_.find(key);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, std::string> KafkaTable::All() const {
  const std::lock_guard lock(mutex_);
  return rows_;
}

void KafkaTable::FollowWith(Follow follow) {
  const std::lock_guard following(following_);
  for (const auto& [key, value] : All()) follow({key, value});
  follow_ = std::move(follow);
}

void KafkaTable::RunUntilStopped() {
  std::array<rd_kafka_message_t*, kAtOnce> messages{};
  while (!stopping_) {
    rd_kafka_poll(client_.get(), 0);
    const ssize_t count =
        rd_kafka_consume_batch_queue(queue_.get(), kPoll_ms, messages.data(), messages.size());
    for (ssize_t i = 0; i < count; ++i) {
      const KafkaMessage message(messages[static_cast<size_t>(i)]);
      Take(*message);
    }
    if (count > 0) read_.notify_all();
  }
}

void KafkaTable::Take(const rd_kafka_message_t& message) {
  const auto partition = static_cast<size_t>(message.partition);
  if (message.rkt != handle_.get() || partition >= next_.size()) return;
  const auto offset = static_cast<uint64_t>(std::max<int64_t>(message.offset, 0));
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    const std::lock_guard lock(mutex_);
    next_[partition] = std::max(next_[partition], offset);
    return;
  }
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const Status status = KafkaStatus(message.err, "topic " + topic_);
    if (status.code == StatusCode::kUnavailable) return;  // the client tries again
    const std::lock_guard lock(mutex_);
    failure_ = status;
    return;
  }
  TableRow row{.key = std::string(static_cast<const char*>(message.key), message.key_len),
               .value = std::string(static_cast<const char*>(message.payload), message.len)};
  const std::lock_guard following(following_);
  {
    const std::lock_guard lock(mutex_);
    if (!row.key.empty()) rows_[row.key] = row.value;
    next_[partition] = std::max(next_[partition], offset + 1);
  }
  if (!row.key.empty() && follow_) follow_(row);
}

}  // namespace holdfast
