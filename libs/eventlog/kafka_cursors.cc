#include "libs/eventlog/kafka_cursors.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr int kWait_ms = 100;

std::string NameOf(const LogPartition& partition, uint64_t offset) {
  return "journal " + partition.service + "/" + std::to_string(partition.partition) +
         " at offset " + std::to_string(offset);
}

void Stop(rd_kafka_topic_t* topic, const LogPartition& partition) {
  rd_kafka_consume_stop(topic, static_cast<int32_t>(partition.partition));
}

}  // namespace

KafkaCursors::KafkaCursors(KafkaSettings settings, KafkaEvents& events, Limits limits)
    : settings_(std::move(settings)), limits_(limits), listener_(events) {}

KafkaCursors::~KafkaCursors() {
  for (auto& lane : lanes_) {
    for (auto& [partition, cursor] : lane->cursors) Stop(cursor.topic.get(), partition);
    lane->cursors.clear();
  }
}

Result<std::vector<LogRecord>> KafkaCursors::Read(const LogPartition& partition, uint64_t from,
                                                  size_t limit_bytes, uint64_t end) {
  const auto cursor = Acquire(partition, from);
  if (!cursor) return tl::unexpected(cursor.error());
  auto records = ReadWith(**cursor, partition, limit_bytes, end);
  // Its reader goes on elsewhere once it has reached the end.
  const bool keep = records && !records->empty() && (*cursor)->next < end;
  Release(partition, **cursor, keep);
  return records;
}

Result<std::vector<LogRecord>> KafkaCursors::ReadWith(Cursor& cursor, const LogPartition& partition,
                                                      size_t limit_bytes, uint64_t end) {
  const Monotonic deadline = std::chrono::steady_clock::now() + limits_.patience;
  std::vector<LogRecord> records;
  size_t bytes = 0;
  while (cursor.next < end && (records.empty() || bytes < limit_bytes)) {
    const KafkaMessage message(
        rd_kafka_consume(cursor.topic.get(), static_cast<int32_t>(partition.partition), kWait_ms));
    if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      const auto offset = static_cast<uint64_t>(message->offset);
      cursor.next = offset + 1;
      if (offset >= end) break;
      bytes += message->len;
      records.push_back({offset, {static_cast<const char*>(message->payload), message->len}});
      continue;
    }
    if (message && message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      if (static_cast<uint64_t>(message->offset) >= end) break;
    } else if (message) {
      Status status = KafkaStatus(message->err, NameOf(partition, cursor.next));
      if (status.code != StatusCode::kUnavailable) return tl::unexpected(std::move(status));
    }
    // The brokers are out of reach for now.
    if (!records.empty()) break;
    if (std::chrono::steady_clock::now() >= deadline) {
      return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED",
                  NameOf(partition, cursor.next) + ": no record came within " +
                      std::to_string(limits_.patience.count() / 1000) + " s");
    }
  }
  return records;
}

Result<KafkaCursors::Cursor*> KafkaCursors::Acquire(const LogPartition& partition, uint64_t from) {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto lane = LaneFor(partition, from);
    if (!lane) return tl::unexpected(lane.error());
    if (*lane != nullptr) return Place(**lane, partition, from);
    released_.wait(lock);
  }
}

// Where the partition's cursor stands at `from`; else where it has none, or a free one. Null: wait.
Result<KafkaCursors::Lane*> KafkaCursors::LaneFor(const LogPartition& partition, uint64_t from) {
  Lane* without = nullptr;
  Lane* oldest = nullptr;
  for (const auto& lane : lanes_) {
    const auto found = lane->cursors.find(partition);
    if (found == lane->cursors.end()) {
      if (without == nullptr) without = lane.get();
      continue;
    }
    if (found->second.in_use) continue;
    if (found->second.next == from) return lane.get();
    if (oldest == nullptr || found->second.used < oldest->cursors.at(partition).used) {
      oldest = lane.get();
    }
  }
  if (without != nullptr) return without;
  if (lanes_.size() == limits_.lanes) return oldest;
  // A lane that waits for news at the end of one partition keeps a new one waiting: not long.
  auto client = OpenKafka(settings_, RD_KAFKA_CONSUMER, {{"fetch.wait.max.ms", "10"}}, listener_);
  if (!client) return tl::unexpected(client.error());
  lanes_.push_back(
      std::make_unique<Lane>(Lane{.client = std::move(*client), .services = {}, .cursors = {}}));
  return lanes_.back().get();
}

Result<KafkaCursors::Cursor*> KafkaCursors::Place(Lane& lane, const LogPartition& partition,
                                                  uint64_t from) {
  if (!lane.cursors.contains(partition)) StopOldest();
  Cursor& cursor = lane.cursors[partition];
  cursor.in_use = true;
  if (cursor.topic && cursor.next == from) return &cursor;
  if (cursor.topic) {
    Stop(cursor.topic.get(), partition);
  } else {
    cursor.topic =
        OpenTopic(lane.client.get(), JournalTopic(settings_.topic_prefix, partition.service));
    if (lane.services.insert(partition.service).second) {
      AskForLeaders(lane.client.get(), cursor.topic.get());
    }
  }
  cursor.next = from;
  const int refused = rd_kafka_consume_start(
      cursor.topic.get(), static_cast<int32_t>(partition.partition), static_cast<int64_t>(from));
  HOLDFAST_CHECK(refused == 0);
  return &cursor;
}

void KafkaCursors::Release(const LogPartition& partition, Cursor& cursor, bool keep) {
  {
    std::lock_guard lock(mutex_);
    cursor.in_use = false;
    cursor.used = std::chrono::steady_clock::now();
    if (!keep) {
      Stop(cursor.topic.get(), partition);
      for (auto& lane : lanes_) {
        const auto found = lane->cursors.find(partition);
        if (found == lane->cursors.end() || &found->second != &cursor) continue;
        lane->cursors.erase(found);
        break;
      }
    }
  }
  released_.notify_all();
}

// Makes room for one more, unless all are in use.
void KafkaCursors::StopOldest() {
  size_t count = 0;
  Lane* lane_of_oldest = nullptr;
  std::map<LogPartition, Cursor>::iterator oldest;
  for (auto& lane : lanes_) {
    count += lane->cursors.size();
    for (auto it = lane->cursors.begin(); it != lane->cursors.end(); ++it) {
      if (it->second.in_use) continue;
      if (lane_of_oldest != nullptr && oldest->second.used <= it->second.used) continue;
      lane_of_oldest = lane.get();
      oldest = it;
    }
  }
  if (count < limits_.cursors || lane_of_oldest == nullptr) return;
  Stop(oldest->second.topic.get(), oldest->first);
  lane_of_oldest->cursors.erase(oldest);
}

void KafkaCursors::StopIdle() {
  const Monotonic before = std::chrono::steady_clock::now() - limits_.idle;
  std::lock_guard lock(mutex_);
  for (auto& lane : lanes_) {
    std::erase_if(lane->cursors, [&](const auto& one) {
      if (one.second.in_use || one.second.used > before) return false;
      Stop(one.second.topic.get(), one.first);
      return true;
    });
  }
}

size_t KafkaCursors::cursor_count() {
  std::lock_guard lock(mutex_);
  size_t count = 0;
  for (const auto& lane : lanes_) count += lane->cursors.size();
  return count;
}

}  // namespace holdfast
