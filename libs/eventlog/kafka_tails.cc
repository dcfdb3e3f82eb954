#include "libs/eventlog/kafka_tails.h"

#include <algorithm>
#include <array>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr int kPoll_ms = 100;
constexpr size_t kAtOnce = 256;

std::string NameOf(const LogPartition& partition) {
  return partition.service + "/" + std::to_string(partition.partition);
}

// What the client tries again by itself until it succeeds.
bool IsPassing(rd_kafka_resp_err_t error) {
  return KafkaStatus(error, "").code == StatusCode::kUnavailable ||
         error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
}

}  // namespace

Result<std::unique_ptr<KafkaTails>> KafkaTails::Open(const KafkaSettings& settings,
                                                     KafkaEvents& events, size_t most_bytes) {
  std::unique_ptr<KafkaTails> tails(new KafkaTails(settings, events, most_bytes));
  // A fetch without news is answered after this time, and a partition joins the next one.
  auto client =
      OpenKafka(settings, RD_KAFKA_CONSUMER, {{"fetch.wait.max.ms", "100"}}, tails->listener_);
  if (!client) return tl::unexpected(client.error());
  tails->client_ = std::move(*client);
  tails->queue_.reset(rd_kafka_queue_new(tails->client_.get()));
  tails->thread_ = std::thread([raw = tails.get()] { raw->RunUntilStopped(); });
  return tails;
}

KafkaTails::~KafkaTails() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  for (auto& [partition, followed] : followed_) {
    rd_kafka_consume_stop(followed->topic.get(), static_cast<int32_t>(partition.partition));
    for (auto& [offset, reported] : followed->reports) reported(AppendReport::kAppended);
  }
  followed_.clear();
}

bool KafkaTails::Follows(const LogPartition& partition) {
  std::lock_guard lock(mutex_);
  return followed_.contains(partition);
}

void KafkaTails::Follow(const LogPartition& partition, std::optional<uint64_t> end) {
  KafkaTopic topic = OpenTopic(client_.get(), JournalTopic(prefix_, partition.service));
  const bool is_new = [&] {
    std::lock_guard lock(mutex_);
    return services_.insert(partition.service).second;
  }();
  if (is_new) AskForLeaders(client_.get(), topic.get());
  std::lock_guard lock(mutex_);
  auto& followed = followed_[partition];
  if (followed) return;
  followed = std::make_unique<Followed>();
  followed->partition = partition;
  followed->topic = std::move(topic);
  if (end) followed->tail.StartAt(*end);
  const int refused = rd_kafka_consume_start_queue(
      followed->topic.get(), static_cast<int32_t>(partition.partition),
      end ? static_cast<int64_t>(*end) : int64_t{RD_KAFKA_OFFSET_END}, queue_.get());
  HOLDFAST_CHECK(refused == 0);
}

Result<KafkaTails::Found> KafkaTails::Read(const LogPartition& partition, uint64_t from,
                                           size_t limit_bytes) {
  std::unique_lock lock(mutex_);
  const PartitionTail& tail = followed_.at(partition)->tail;
  if (!started_.wait_for(lock, kPatience, [&] { return tail.started() || tail.failure(); })) {
    return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED",
                "journal " + NameOf(partition) + ": no broker says where it ends");
  }
  if (!tail.started()) return tl::unexpected(*tail.failure());
  Found found{.records = {}, .first = tail.first(), .end = tail.end()};
  if (from >= found.first) found.records = tail.Read(from, limit_bytes);
  if (found.records.empty() && from >= found.first && tail.failure()) {
    return tl::unexpected(*tail.failure());
  }
  return found;
}

std::optional<uint64_t> KafkaTails::End(const LogPartition& partition) {
  std::lock_guard lock(mutex_);
  const auto followed = followed_.find(partition);
  if (followed == followed_.end() || !followed->second->tail.started()) return std::nullopt;
  int64_t low = RD_KAFKA_OFFSET_INVALID;
  int64_t high = RD_KAFKA_OFFSET_INVALID;
  const std::string topic = JournalTopic(prefix_, partition.service);
  rd_kafka_get_watermark_offsets(client_.get(), topic.c_str(),
                                 static_cast<int32_t>(partition.partition), &low, &high);
  return std::max(followed->second->tail.end(), static_cast<uint64_t>(std::max<int64_t>(high, 0)));
}

void KafkaTails::ReportWhenRead(const LogPartition& partition, uint64_t offset, Reported reported) {
  {
    std::lock_guard lock(mutex_);
    const auto found = followed_.find(partition);
    if (found != followed_.end()) {
      const PartitionTail& tail = found->second->tail;
      if (!tail.failure() && (!tail.started() || tail.end() <= offset)) {
        found->second->reports.emplace(offset, std::move(reported));
        return;
      }
    }
  }
  reported(AppendReport::kAppended);
}

void KafkaTails::RunUntilStopped() {
  std::array<rd_kafka_message_t*, kAtOnce> messages{};
  while (!stopping_) {
    rd_kafka_poll(client_.get(), 0);
    const KafkaMessage first(rd_kafka_consume_queue(queue_.get(), kPoll_ms));
    if (!first) continue;
    // A call for many waits until it has as many: so only for those that are there.
    const ssize_t count =
        rd_kafka_consume_batch_queue(queue_.get(), 0, messages.data(), messages.size());
    Calls calls;
    {
      std::lock_guard lock(mutex_);
      Take(*first, calls);
      for (ssize_t i = 0; i < count; ++i) {
        const KafkaMessage message(messages[static_cast<size_t>(i)]);
        Take(*message, calls);
      }
      EvictUntilBounded();
      started_.notify_all();
    }
    std::ranges::sort(calls.wakes);
    const auto repeated = std::ranges::unique(calls.wakes);
    calls.wakes.erase(repeated.begin(), repeated.end());
    for (const LogPartition& partition : calls.wakes) watches_.Wake(partition);
    for (const Reported& reported : calls.reports) reported(AppendReport::kAppended);
  }
}

void KafkaTails::Take(rd_kafka_message_t& message, Calls& calls) {
  const auto found = std::ranges::find_if(followed_, [&](const auto& one) {
    return one.second->topic.get() == message.rkt &&
           one.first.partition == static_cast<uint32_t>(message.partition);
  });
  if (found == followed_.end()) return;  // an error of the client as a whole, which it counts
  Followed& followed = *found->second;
  const auto offset = static_cast<uint64_t>(std::max<int64_t>(message.offset, 0));
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const size_t before = followed.tail.bytes();
    followed.tail.Add(
        {.offset = offset,
         .bytes = std::string(static_cast<const char*>(message.payload), message.len)});
    bytes_ += followed.tail.bytes() - before;
    calls.wakes.push_back(followed.partition);
  } else if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    // What was appended while the first end was asked for is before it, and nobody has been woken.
    const bool has_news = !followed.tail.started() || followed.tail.end() < offset;
    followed.tail.MoveEndTo(offset);
    if (has_news) calls.wakes.push_back(followed.partition);
  } else if (!IsPassing(message.err)) {
    followed.tail.Fail(KafkaStatus(message.err, "journal " + NameOf(followed.partition) +
                                                    " after offset " +
                                                    std::to_string(followed.tail.end())));
    calls.wakes.push_back(followed.partition);  // whoever reads on is told
  }
  TakeReports(followed, calls);
}

void KafkaTails::TakeReports(Followed& followed, Calls& calls) {
  const auto last = followed.tail.failure() ? followed.reports.end()
                                            : followed.reports.lower_bound(followed.tail.end());
  for (auto it = followed.reports.begin(); it != last; ++it) {
    calls.reports.push_back(std::move(it->second));
  }
  followed.reports.erase(followed.reports.begin(), last);
}

void KafkaTails::EvictUntilBounded() {
  while (bytes_ > most_bytes_) {
    const auto largest = std::ranges::max_element(
        followed_, {}, [](const auto& one) { return one.second->tail.bytes(); });
    const size_t given_back = largest->second->tail.Evict();
    if (given_back == 0) return;  // one record is left of it, and it is the largest
    bytes_ -= given_back;
  }
}

}  // namespace holdfast
