// What the Kafka log does beside what every log does, on a real broker.
#include "libs/eventlog/kafka_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "libs/eventlog/kafka_deployment.h"
#include "libs/testing/kafka_in_tests.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

const LogPartition kCases0{"cases", 0};

class KafkaLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<KafkaLog> Open(size_t tail_bytes = 1 << 20, KafkaCursors::Limits limits = {}) {
    auto log = KafkaLog::Open({.settings = settings_,
                               .deployment_id = "id",
                               .log = nullptr,
                               .tail_bytes = tail_bytes,
                               .cursors = limits});
    HOLDFAST_CHECK(log.has_value());
    return std::move(*log);
  }

  static AppendReport Append(EventLog& log, const LogPartition& partition, std::string bytes) {
    std::promise<AppendReport> reported;
    log.Append(partition, std::move(bytes),
               [&](AppendReport report) { reported.set_value(report); });
    return reported.get_future().get();
  }

  static std::string Number(int number) { return "record " + std::to_string(number); }

  static void AppendMany(EventLog& log, int count) {
    std::vector<std::promise<void>> reported(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
      log.Append(kCases0, Number(i),
                 [&promise = reported[static_cast<size_t>(i)]](auto) { promise.set_value(); });
    }
    for (auto& promise : reported) promise.get_future().wait();
  }

  // Reads from `from` to the end in steps of about `step_bytes`; how many records in their order.
  static int ReadToTheEnd(EventLog& log, int from, size_t step_bytes) {
    int next = from;
    while (true) {
      const auto records = log.Read(kCases0, static_cast<uint64_t>(next), step_bytes);
      EXPECT_TRUE(records) << records.error().message;
      if (!records || records->empty()) return next - from;
      for (const LogRecord& record : *records) {
        EXPECT_EQ(record.offset, static_cast<uint64_t>(next));
        EXPECT_EQ(record.bytes, Number(next));
        ++next;
      }
    }
  }

  void DeleteRecordsBefore(int64_t offset) {
    KafkaEvents events(nullptr);
    KafkaListener listener(events);
    const auto client = *OpenKafka(settings_, RD_KAFKA_CONSUMER, {}, listener);
    auto* partitions = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(partitions,
                                      JournalTopic(settings_.topic_prefix, "cases").c_str(), 0)
        ->offset = offset;
    auto* wanted = rd_kafka_DeleteRecords_new(partitions);
    const KafkaQueue queue(rd_kafka_queue_new(client.get()));
    rd_kafka_DeleteRecords(client.get(), &wanted, 1, nullptr, queue.get());
    auto* done = rd_kafka_queue_poll(queue.get(), 20'000);
    EXPECT_EQ(rd_kafka_event_error(done), RD_KAFKA_RESP_ERR_NO_ERROR);
    rd_kafka_event_destroy(done);
    rd_kafka_DeleteRecords_destroy(wanted);
    rd_kafka_topic_partition_list_destroy(partitions);
  }

  const KafkaSettings settings_ = testing::MakeJournalTopics({"cases", "alerting"}, 2);
};

TEST_F(KafkaLogTest, ServesReadersFarBehindAndAtTheEndFromBoundedMemory) {
  const auto log = Open(4096);  // the newest few records alone
  auto watcher = log->Watch(kCases0, [] {});
  AppendMany(*log, 5000);
  // Six readers of one partition, more than there are lanes, each at a place of its own.
  std::vector<std::future<int>> readers;
  for (int from = 0; from < 6; ++from) {
    readers.push_back(std::async(std::launch::async,
                                 [&log, from] { return ReadToTheEnd(*log, from * 800, 2000); }));
  }
  for (int from = 0; from < 6; ++from) {
    EXPECT_EQ(readers[static_cast<size_t>(from)].get(), 5000 - from * 800);
  }
}

TEST_F(KafkaLogTest, GivesUpCursorsThatHaveCaughtUpOrThatNobodyReadsOn) {
  const auto log = Open();
  AppendMany(*log, 300);
  log->Watch(kCases0, [] {});
  KafkaEvents events(nullptr);
  KafkaCursors cursors(settings_, events, {.idle = 0ms});
  ASSERT_TRUE(cursors.Read(kCases0, 0, 100, 300));
  EXPECT_EQ(cursors.cursor_count(), 1u);
  cursors.StopIdle();
  EXPECT_EQ(cursors.cursor_count(), 0u);
  const auto all = cursors.Read(kCases0, 0, 1 << 20, 300);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 300u);
  EXPECT_EQ(cursors.cursor_count(), 0u);
}

TEST_F(KafkaLogTest, HoldsNoMoreCursorsThanItsLimit) {
  const auto log = Open();
  for (uint32_t partition = 0; partition < 2; ++partition) {
    for (int i = 0; i < 5; ++i) Append(*log, {"cases", partition}, "x");
    for (int i = 0; i < 5; ++i) Append(*log, {"alerting", partition}, "x");
  }
  KafkaEvents events(nullptr);
  KafkaCursors cursors(settings_, events, {.cursors = 2});
  for (const char* service : {"cases", "alerting"}) {
    for (uint32_t partition = 0; partition < 2; ++partition) {
      ASSERT_TRUE(cursors.Read({service, partition}, 0, 1, 5));
      EXPECT_LE(cursors.cursor_count(), 2u);
    }
  }
}

TEST_F(KafkaLogTest, WakesAndGivesWhatAnotherInstanceAppended) {
  const auto reader = Open();
  const auto writer = Open();
  std::promise<void> read;
  std::atomic<bool> seen = false;
  ASSERT_EQ(reader->Read(kCases0, 0, 100)->size(), 0u);
  auto watcher = reader->Watch(kCases0, [&] {
    if (reader->Read(kCases0, 0, 100)->empty() || seen.exchange(true)) return;
    read.set_value();
  });
  EXPECT_EQ(Append(*writer, kCases0, "a"), AppendReport::kAppended);
  EXPECT_EQ(read.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(reader->End(kCases0), 1u);
}

TEST_F(KafkaLogTest, TakesTheLargestRecordAndRefusesALargerOne) {
  const auto log = Open();
  EXPECT_EQ(Append(*log, kCases0, std::string(kMostRecord_bytes, 'x')), AppendReport::kAppended);
  EXPECT_EQ(Append(*log, kCases0, std::string(kMostRecord_bytes + 1, 'x')), AppendReport::kFailed);
  const auto records = log->Read(kCases0, 0, 1);
  ASSERT_TRUE(records) << records.error().message;
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].bytes.size(), kMostRecord_bytes);
}

TEST_F(KafkaLogTest, RefusesPartitionsThatTheClusterDoesNotHaveAndMakesNone) {
  const auto log = Open();
  for (const LogPartition& partition : {LogPartition{"audit", 0}, LogPartition{"cases", 2}}) {
    EXPECT_EQ(Append(*log, partition, "x"), AppendReport::kFailed);
    EXPECT_EQ(log->Read(partition, 0, 1).error().reason, "NO_TOPIC");
    EXPECT_EQ(log->End(partition).error().reason, "NO_TOPIC");
  }
  KafkaEvents events(nullptr);
  const auto cluster = *(*KafkaAdmin::Open(settings_, events))->Describe();
  EXPECT_FALSE(cluster.topics.contains(JournalTopic(settings_.topic_prefix, "audit")));
}

TEST_F(KafkaLogTest, SaysThatTheLogWasCutWhenAReaderKnowsMoreOfIt) {
  const auto log = Open();
  AppendMany(*log, 3);
  EXPECT_TRUE(log->Read(kCases0, 3, 100));
  const auto beyond = log->Read(kCases0, 4, 100);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().reason, "LOG_TRUNCATED");
  EXPECT_EQ(beyond.error().code, StatusCode::kDataLoss);
}

TEST_F(KafkaLogTest, SaysThatTheLogWasCutWhenItsFirstRecordsAreGone) {
  const auto log = Open();
  AppendMany(*log, 5);
  DeleteRecordsBefore(3);
  const auto gone = log->Read(kCases0, 1, 100);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().reason, "LOG_TRUNCATED") << gone.error().message;
  EXPECT_EQ(log->Read(kCases0, 3, 100)->size(), 2u);
}

TEST_F(KafkaLogTest, IsNotOpenedWithoutTopics) {
  KafkaSettings none = settings_;
  none.topic_prefix = testing::NewTopicPrefix();
  EXPECT_EQ(KafkaLog::Open({.settings = none, .deployment_id = "id"}).error().reason, "NO_TOPIC");
}

TEST_F(KafkaLogTest, HasTheDeploymentsIdAndTheClusters) {
  const auto log = Open();
  EXPECT_TRUE(log->Id(kCases0).starts_with("id"));
  EXPECT_GT(log->Id(kCases0).size(), 2u + 16u);
}

TEST_F(KafkaLogTest, ReportsAllThatWasAppendedBeforeItGoes) {
  std::atomic<int> reports = 0;
  {
    const auto log = Open();
    auto watcher = log->Watch(kCases0, [] {});
    for (int i = 0; i < 50; ++i) log->Append(kCases0, "x", [&](auto) { ++reports; });
  }
  EXPECT_EQ(reports, 50);
}

TEST(KafkaDeployment, IsRecordedOnce) {
  const std::string prefix = testing::NewTopicPrefix();
  const KafkaSettings settings{.brokers = testing::BrokersInTests(), .topic_prefix = prefix};
  KafkaEvents events(nullptr);
  const auto plan = *PlanTopics({.prefix = prefix, .replication = 1, .min_in_sync = 1});
  const auto topic = std::ranges::find(plan, prefix + ".deployment", &PlannedTopic::name);
  ASSERT_TRUE((*KafkaAdmin::Open(settings, events))->Create({*topic}));
  EXPECT_EQ(*ReadDeployment(settings, events), std::nullopt);

  journal::v1::Deployment deployment;
  deployment.set_partition_count(4);
  deployment.set_id("0123456789abcdef");
  ASSERT_TRUE(RecordDeployment(settings, deployment, events));
  deployment.set_id("another 16 bytes");
  const auto stands = RecordDeployment(settings, deployment, events);
  ASSERT_TRUE(stands);
  EXPECT_EQ(stands->id(), "0123456789abcdef");
  EXPECT_EQ((*ReadDeployment(settings, events))->id(), "0123456789abcdef");
}

}  // namespace
}  // namespace holdfast
