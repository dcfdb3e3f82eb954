#include "libs/projection/projection.h"

#include <gtest/gtest.h>

#include <future>

#include "libs/eventlog/simulated_log.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");

// Counts events, and keeps the count with its place.
class CountingFold final : public Fold {
 public:
  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition&) override {
    return checkpoint;
  }
  Result<void> Apply(const LogPartition&, const AppliedEvent& event) override {
    EXPECT_EQ(event.number, ++applied);
    if (event.payload == "poison") return Fail(StatusCode::kDataLoss, "POISON_EVENT", "poison");
    return {};
  }
  Result<void> Store(const LogPartition&, const journal::v1::Checkpoint& place) override {
    checkpoint = place;
    return {};
  }

  uint64_t applied = 0;
  std::optional<journal::v1::Checkpoint> checkpoint;
};

// Another log, of which nothing can be read while it is cut off.
class CutLog final : public EventLog {
 public:
  explicit CutLog(EventLog& log) : log_(log) {}

  std::string Id(const LogPartition& partition) const override { return log_.Id(partition); }
  void Append(const LogPartition& partition, std::string bytes, Reported reported) override {
    log_.Append(partition, std::move(bytes), std::move(reported));
  }
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override {
    if (is_cut) return Fail(StatusCode::kUnavailable, "NOT_REACHED", "no broker answers");
    return log_.Read(partition, from, limit_bytes);
  }
  Result<uint64_t> End(const LogPartition& partition) override { return log_.End(partition); }
  Watcher Watch(const LogPartition& partition, Wake wake) override {
    return log_.Watch(partition, std::move(wake));
  }

  std::atomic<bool> is_cut = false;

 private:
  EventLog& log_;
};

// A service of one partition, on its own thread, and readers of its journal.
class AProjection : public ::testing::Test {
 protected:
  AProjection() {
    EXPECT_TRUE(service_.Start());
    EXPECT_TRUE(service_.WaitUntilServing(10s));
  }

  uint64_t Append(const std::string& value) {
    std::promise<Result<Answer>> answer;
    Command command{.authority = "A", .of_service = true, .request = AppendRequest(kAnn, value)};
    command.id.bytes[0] = ++commands_;
    service_.Submit(0, command, [&](Result<Answer> given) { answer.set_value(given); });
    return answer.get_future().get()->last_event;
  }

  // What a read at `position` gives: "" or the reason that there is none.
  static std::string ReadAt(Projection& projection, uint64_t position,
                            std::chrono::milliseconds limit = 10s) {
    std::promise<Result<void>> read;
    projection.Read({{{"lists", 0}, position}}, std::chrono::steady_clock::now() + limit,
                    [&](Result<void> result) { read.set_value(result); });
    const auto result = read.get_future().get();
    return result ? "" : result.error().reason;
  }

  Projection::Options Options() {
    return {.journals = {{.partition = {"lists", 0}, .partition_count = 1}}};
  }

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  ListKeeper keeper_;
  SystemClock clock_;
  uint8_t commands_ = 0;
  ServiceShards service_{{.service = "lists", .partition_count = 1},
                         {.log = *log_,
                          .keeper = keeper_,
                          .clock = clock_,
                          .today = [] { return CivilDate(); },
                          .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); }}};
};

TEST_F(AProjection, SeesWhatWasAcknowledgedBeforeARead) {
  CountingFold fold;
  Projection projection(Options(), *log_, fold);
  ASSERT_TRUE(projection.Start({}));
  for (const char* value : {"a", "b", "c"}) {
    EXPECT_EQ(ReadAt(projection, Append(value)), "");
  }
  projection.Stop();
  EXPECT_EQ(fold.applied, 3u);
  EXPECT_EQ(ReadAt(projection, 1), "NOT_YET_READ");
}

TEST_F(AProjection, SeesAllThatTheLogHeldWhenTheLatestWasAskedFor) {
  CountingFold fold;
  Projection projection(Options(), *log_, fold);
  ASSERT_TRUE(projection.Start({}));
  for (uint64_t count = 1; count <= 20; ++count) {
    Append("value " + std::to_string(count));
    std::promise<uint64_t> applied;
    projection.ReadLatest({}, std::chrono::steady_clock::now() + 10s, [&](Result<void> read) {
      EXPECT_TRUE(read);
      applied.set_value(fold.applied);
    });
    EXPECT_EQ(applied.get_future().get(), count);
  }
}

TEST_F(AProjection, GoesOnFromItsPlaceAfterARestart) {
  CountingFold fold;
  {
    Projection projection(Options(), *log_, fold);
    ASSERT_TRUE(projection.Start({}));
    EXPECT_EQ(ReadAt(projection, Append("a")), "");
  }
  Append("b");
  Projection projection(Options(), *log_, fold);
  ASSERT_TRUE(projection.Start({}));
  EXPECT_EQ(ReadAt(projection, 2), "");
  EXPECT_EQ(fold.applied, 2u);
}

TEST_F(AProjection, StopsAtAPoisonEvent) {
  CountingFold fold;
  Projection projection(Options(), *log_, fold);
  ASSERT_TRUE(projection.Start({}));
  Append("poison");
  EXPECT_EQ(ReadAt(projection, 1, 200ms), "POISON_EVENT");
  EXPECT_EQ(projection.status().front().failure->reason, "POISON_EVENT");
}

TEST_F(AProjection, ReadsOnOnceItsLogCanBeReadAgain) {
  CountingFold fold;
  CutLog cut(*log_);
  Projection projection(Options(), cut, fold);
  ASSERT_TRUE(projection.Start({}));
  EXPECT_EQ(ReadAt(projection, Append("a")), "");
  cut.is_cut = true;
  const auto position = Append("b");
  EXPECT_EQ(ReadAt(projection, position, 200ms), "NOT_YET_READ");
  EXPECT_EQ(projection.status().front().unreadable->reason, "LOG_NOT_READ");
  EXPECT_FALSE(projection.status().front().failure);
  cut.is_cut = false;
  EXPECT_EQ(ReadAt(projection, position), "");
  EXPECT_FALSE(projection.status().front().unreadable);
}

TEST_F(AProjection, TellsOfNewEvents) {
  CountingFold fold;
  std::promise<void> told;
  Projection::Options options = Options();
  options.on_new = [&, once = false]() mutable {
    if (!std::exchange(once, true)) told.set_value();
  };
  Projection projection(std::move(options), *log_, fold);
  ASSERT_TRUE(projection.Start({}));
  Append("a");
  EXPECT_EQ(told.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace holdfast
