// What Kafka gives a client without Holdfast: librdkafka under the settings that the journal uses.
#include <array>
#include <condition_variable>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>
#include <unordered_map>

#include "libs/base/check.h"
#include "libs/eventlog/kafka_end.h"
#include "libs/eventlog/kafka_handle.h"
#include "tests/bench/kafka_parts.h"
#include "tests/bench/served.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

constexpr int kPoll_ms = 20;
constexpr std::chrono::milliseconds kAsk{20'000};

// Reads all partitions of a topic; each record goes to `take`.
class TopicReader final : public KafkaListener {
 public:
  using Take = std::function<void(const rd_kafka_message_t&)>;

  TopicReader(const KafkaSettings& settings, const std::string& topic, int partitions,
              KafkaEvents& events)
      : KafkaListener(events),
        client_(*OpenKafka(settings, RD_KAFKA_CONSUMER, {{"fetch.wait.max.ms", "100"}}, *this)),
        queue_(rd_kafka_queue_new(client_.get())),
        topic_(OpenTopic(client_.get(), topic)) {
    for (int partition = 0; partition < partitions; ++partition) {
      ends_.push_back(*AskForEnd(client_.get(), {topic, partition}, kAsk, topic));
    }
  }
  ~TopicReader() override {
    for (size_t i = 0; i < ends_.size(); ++i)
      rd_kafka_consume_stop(topic_.get(), static_cast<int32_t>(i));
  }

  const std::vector<uint64_t>& ends() const { return ends_; }

  void Start(bool at_the_end) {
    for (size_t i = 0; i < ends_.size(); ++i) {
      const int64_t from = at_the_end ? static_cast<int64_t>(ends_[i]) : 0;
      HOLDFAST_CHECK(rd_kafka_consume_start_queue(topic_.get(), static_cast<int32_t>(i), from,
                                                  queue_.get()) == 0);
    }
  }
  // False: there was none for a little while.
  bool ReadOne(const Take& take) {
    const KafkaMessage message(rd_kafka_consume_queue(queue_.get(), kPoll_ms));
    if (!message) return false;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) take(*message);
    return true;
  }

 private:
  KafkaClient client_;
  KafkaQueue queue_;
  KafkaTopic topic_;  // goes before the queue and the client
  std::vector<uint64_t> ends_;
};

// Writes records of which the first bytes are their number.
class TopicWriter final : public KafkaListener {
 public:
  using Delivered = std::function<void(uint64_t number)>;

  TopicWriter(const KafkaSettings& settings, const std::string& topic, KafkaEvents& events,
              Delivered delivered)
      : KafkaListener(events),
        delivered_(std::move(delivered)),
        client_(*OpenKafka(settings, RD_KAFKA_PRODUCER, {}, *this)),
        topic_(OpenTopic(client_.get(), topic)),
        thread_([this] {
          while (!stopping_) rd_kafka_poll(client_.get(), kPoll_ms);
        }) {}
  ~TopicWriter() override {
    stopping_ = true;
    thread_.join();
  }

  void Write(int partition, uint64_t number, std::string& bytes) {
    std::memcpy(bytes.data(), &number, sizeof number);
    HOLDFAST_CHECK(rd_kafka_produce(topic_.get(), partition, RD_KAFKA_MSG_F_COPY, bytes.data(),
                                    bytes.size(), nullptr, 0, nullptr) == 0);
  }
  void OnDelivery(const rd_kafka_message_t& message) override {
    HOLDFAST_CHECK(message.err == RD_KAFKA_RESP_ERR_NO_ERROR);
    delivered_(NumberOf(message));
  }
  static uint64_t NumberOf(const rd_kafka_message_t& message) {
    uint64_t number = 0;
    std::memcpy(&number, message.payload, sizeof number);
    return number;
  }

 private:
  const Delivered delivered_;
  std::atomic<bool> stopping_ = false;
  KafkaClient client_;
  KafkaTopic topic_;
  std::thread thread_;  // last: uses all above
};

// Records under way: each is done when it is acknowledged and read back.
class UnderWay {
 public:
  void Begin(uint64_t number, std::function<void()> done) {
    const std::lock_guard lock(mutex_);
    records_[number] = {.sent = std::chrono::steady_clock::now(), .done = std::move(done)};
  }
  void Acknowledged(uint64_t number) { Note(number, acknowledged_ms_); }
  void ReadBack(uint64_t number) { Note(number, read_back_ms_); }

  std::vector<double> acknowledged_ms() const { return acknowledged_ms_; }
  std::vector<double> read_back_ms() const { return read_back_ms_; }

 private:
  struct Record {
    std::chrono::steady_clock::time_point sent;
    std::function<void()> done;
    int seen = 0;
  };
  void Note(uint64_t number, std::vector<double>& took_ms) {
    std::function<void()> done;
    {
      const std::lock_guard lock(mutex_);
      const auto found = records_.find(number);
      if (found == records_.end()) return;
      took_ms.push_back(SecondsSince(found->second.sent) * 1000);
      if (++found->second.seen < 2) return;
      done = std::move(found->second.done);
      records_.erase(found);
    }
    done();
  }

  std::mutex mutex_;  // guards all below
  std::unordered_map<uint64_t, Record> records_;
  std::vector<double> acknowledged_ms_;
  std::vector<double> read_back_ms_;
};

}  // namespace

void ProduceAndReadBack(const Words& words) {
  const KafkaSettings settings{.brokers = words[0], .properties = {}};
  const int partitions = std::stoi(words[2]);
  std::string bytes(std::max<size_t>(std::stoull(words[3]), sizeof(uint64_t)), 'x');
  KafkaEvents events(nullptr);
  UnderWay under_way;
  TopicReader reader(settings, words[1], partitions, events);
  reader.Start(true);
  std::atomic<bool> stopping = false;
  std::thread reading([&] {
    while (!stopping) {
      reader.ReadOne(
          [&](const auto& record) { under_way.ReadBack(TopicWriter::NumberOf(record)); });
    }
  });
  Loop loop;
  {
    TopicWriter writer(settings, words[1], events,
                       [&](uint64_t number) { under_way.Acknowledged(number); });
    const auto send = [&](uint64_t i, auto done) {
      under_way.Begin(i, done);
      writer.Write(static_cast<int>(i % static_cast<uint64_t>(partitions)), i, bytes);
    };
    ClosedLoop(static_cast<uint64_t>(partitions), 1, send);  // connects, and finds the leaders
    const uint64_t before = static_cast<uint64_t>(partitions);
    loop = TimedLoop(std::stod(words[5]), std::stoll(words[4]),
                     [&](uint64_t i, auto done) { send(before + i, done); });
  }
  stopping = true;
  reading.join();
  std::cout << nlohmann::json{{"count", loop.count},
                              {"per_s", loop.per_s},
                              {"p50", Quantile(loop.took_ms, 0.5)},
                              {"p99", Quantile(loop.took_ms, 0.99)},
                              {"acknowledged_p50", Quantile(under_way.acknowledged_ms(), 0.5)},
                              {"acknowledged_p99", Quantile(under_way.acknowledged_ms(), 0.99)},
                              {"read_back_p50", Quantile(under_way.read_back_ms(), 0.5)},
                              {"read_back_p99", Quantile(under_way.read_back_ms(), 0.99)}}
            << std::endl;
}

void ReadTopic(const Words& words) {
  const KafkaSettings settings{.brokers = words[0], .properties = {}};
  KafkaEvents events(nullptr);
  TopicReader reader(settings, words[1], std::stoi(words[2]), events);
  reader.Start(false);
  uint64_t wanted = 0;
  for (const uint64_t end : reader.ends()) wanted += end;
  uint64_t records = 0;
  uint64_t bytes = 0;
  while (records < wanted) {
    reader.ReadOne([&](const auto& record) {
      ++records;
      bytes += record.len;
    });
  }
  std::cout << nlohmann::json{{"records", records}, {"bytes", bytes}} << std::endl;
}

}  // namespace holdfast
