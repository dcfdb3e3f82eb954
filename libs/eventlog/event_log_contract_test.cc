// What every event log does, run against each of them.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <latch>

#include "libs/eventlog/simulated_log.h"
#ifdef HOLDFAST_WITH_ROCKSDB
#include "libs/eventlog/embedded_log.h"
#endif
#ifdef HOLDFAST_WITH_KAFKA
#include "libs/eventlog/kafka_log.h"
#include "libs/testing/kafka_in_tests.h"
#endif

namespace holdfast {
namespace {

class SimulatedUnderTest {
 public:
  EventLog& log() { return *connection_; }
  void Reopen() { connection_ = shared_.Connect(); }

 private:
  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> connection_ = shared_.Connect();
};

#ifdef HOLDFAST_WITH_ROCKSDB
class EmbeddedUnderTest {
 public:
  EmbeddedUnderTest() {
    std::filesystem::remove_all(folder_);
    log_ = std::move(*EmbeddedLog::Open(folder_, EmbeddedLog::Mode::kCreate));
  }
  ~EmbeddedUnderTest() {
    log_.reset();
    std::filesystem::remove_all(folder_);
  }
  EventLog& log() { return *log_; }
  void Reopen() {
    log_.reset();
    log_ = std::move(*EmbeddedLog::Open(folder_, EmbeddedLog::Mode::kOpen));
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("holdfast-log-" + std::to_string(getpid()));
  std::unique_ptr<EmbeddedLog> log_;
};
#endif

#ifdef HOLDFAST_WITH_KAFKA
class KafkaUnderTest {
 public:
  EventLog& log() { return *log_; }
  void Reopen() {
    log_.reset();
    log_ = Open();
  }

 private:
  std::unique_ptr<EventLog> Open() {
    return std::move(*KafkaLog::Open({.settings = settings_, .deployment_id = "sixteen bytes id"}));
  }

  KafkaSettings settings_ = testing::MakeJournalTopics({"cases", "alerting"}, 2);
  std::unique_ptr<EventLog> log_ = Open();
};
using Logs = ::testing::Types<KafkaUnderTest>;
#elif defined(HOLDFAST_WITH_ROCKSDB)
using Logs = ::testing::Types<SimulatedUnderTest, EmbeddedUnderTest>;
#else
using Logs = ::testing::Types<SimulatedUnderTest>;
#endif

const LogPartition kCases0{"cases", 0};
const LogPartition kCases1{"cases", 1};

template <typename UnderTest>
class EveryEventLog : public ::testing::Test {
 protected:
  EventLog& log() { return under_test_.log(); }

  void Append(const LogPartition& partition, const std::string& bytes) {
    std::latch reported(1);
    log().Append(partition, bytes, [&](AppendReport report) {
      EXPECT_EQ(report, AppendReport::kAppended);
      reported.count_down();
    });
    reported.wait();
  }

  std::string Read(const LogPartition& partition, uint64_t from, size_t limit_bytes = 1 << 20) {
    std::string text;
    const auto records = log().Read(partition, from, limit_bytes);
    for (const LogRecord& record : records.value()) {
      text += std::to_string(record.offset) + ":" + record.bytes + " ";
    }
    return text;
  }

  UnderTest under_test_;
};
TYPED_TEST_SUITE(EveryEventLog, Logs);

TYPED_TEST(EveryEventLog, ReadsAPartitionInTheOrderOfItsAppends) {
  for (const char* bytes : {"a", "b", "c"}) this->Append(kCases0, bytes);
  this->Append(kCases1, "x");
  EXPECT_EQ(this->Read(kCases0, 0), "0:a 1:b 2:c ");
  EXPECT_EQ(this->Read(kCases0, 2), "2:c ");
  EXPECT_EQ(this->Read(kCases1, 0), "0:x ");
  EXPECT_EQ(this->log().End(kCases0), 3u);
}

TYPED_TEST(EveryEventLog, HasNothingBeforeTheFirstAppend) {
  EXPECT_EQ(this->Read(kCases0, 0), "");
  EXPECT_EQ(this->log().End(kCases0), 0u);
}

TYPED_TEST(EveryEventLog, KeepsEmptyAndBinaryRecords) {
  this->Append(kCases0, "");
  this->Append(kCases0, std::string("\0\xff", 2));
  const auto records = *this->log().Read(kCases0, 0, 1 << 20);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].bytes, "");
  EXPECT_EQ(records[1].bytes, std::string("\0\xff", 2));
}

TYPED_TEST(EveryEventLog, CutsAReadButNeverBelowOneRecord) {
  for (int i = 0; i < 4; ++i) this->Append(kCases0, "0123456789");
  EXPECT_EQ(this->log().Read(kCases0, 0, 1)->size(), 1u);
  EXPECT_EQ(this->log().Read(kCases0, 0, 15)->size(), 2u);
}

TYPED_TEST(EveryEventLog, WakesAReaderUntilItStopsWatching) {
  std::atomic<int> wakes = 0;
  auto watcher = this->log().Watch(kCases0, [&] { ++wakes; });
  this->Append(kCases0, "a");
  EXPECT_GE(wakes, 1);
  watcher.reset();
  const int before = wakes;
  this->Append(kCases0, "b");
  EXPECT_EQ(wakes, before);
}

TYPED_TEST(EveryEventLog, KeepsAllOverAReopenWithTheSameId) {
  this->Append(kCases0, "a");
  this->Append({"alerting", 0}, "b");
  const std::string id = this->log().Id(kCases0);
  this->under_test_.Reopen();
  EXPECT_EQ(this->log().Id(kCases0), id);
  this->Append(kCases0, "c");
  EXPECT_EQ(this->Read(kCases0, 0), "0:a 1:c ");
  EXPECT_EQ(this->Read({"alerting", 0}, 0), "0:b ");
}

#ifdef HOLDFAST_WITH_ROCKSDB
TEST(EmbeddedLog, IsNotMadeWhereOneWasLost) {
  const auto folder = std::filesystem::temp_directory_path() / "holdfast-no-log";
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(EmbeddedLog::Open(folder, EmbeddedLog::Mode::kOpen));
}

TEST(EmbeddedLog, HasOneUserAtATime) {
  const auto folder = std::filesystem::temp_directory_path() / "holdfast-one-log";
  std::filesystem::remove_all(folder);
  const auto first = EmbeddedLog::Open(folder, EmbeddedLog::Mode::kCreate);
  ASSERT_TRUE(first);
  EXPECT_FALSE(EmbeddedLog::Open(folder, EmbeddedLog::Mode::kOpen));
}
#endif

}  // namespace
}  // namespace holdfast
