#include "libs/projection/read_model.h"

#include <gtest/gtest.h>

#include <future>

#include "libs/eventlog/simulated_log.h"
#include "libs/projection/parts_in_tests.h"
#include "libs/shard/service_shards.h"
#include "libs/testing/list_keeper.h"

namespace holdfast {
namespace {

using namespace std::chrono_literals;

const SubjectId kAnn = *SubjectId::FromBytes("ann-------------");
constexpr char kPlace[] = "place";

// Keeps each event's payload as a row under its number.
class PayloadFold final : public Fold {
 public:
  PayloadFold(std::unique_ptr<StateStore> rows, std::string poison)
      : rows_(std::move(rows)), poison_(std::move(poison)) {}

  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition&) override {
    const auto row = rows_->Get(kPlace);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    journal::v1::Checkpoint place;
    EXPECT_TRUE(place.ParseFromString(**row));
    return place;
  }
  Result<void> Apply(const LogPartition&, const AppliedEvent& event) override {
    if (event.payload == poison_) return Fail(StatusCode::kDataLoss, "POISON_EVENT", "poison");
    unstored_["e" + std::to_string(event.number)] = event.payload;
    return {};
  }
  Result<void> Store(const LogPartition&, const journal::v1::Checkpoint& place) override {
    unstored_[kPlace] = place.SerializeAsString();
    return rows_->Write(std::exchange(unstored_, {}));
  }

 private:
  const std::unique_ptr<StateStore> rows_;
  const std::string poison_;
  RowChanges unstored_;
};

// A service of one partition whose events a model keeps: its rows in part 0 or 1.
class AReadModel : public ::testing::Test {
 protected:
  AReadModel() {
    EXPECT_TRUE(service_.Start());
    EXPECT_TRUE(service_.WaitUntilServing(10s));
    Open();
  }

  void Open() {
    model_.reset();
    model_ = std::make_unique<ReadModel>(
        "payloads",
        Projection::Options{.journals = {{.partition = {"lists", 0}, .partition_count = 1}}}, *log_,
        ModelRows(parts_.Open(), 0, 1),
        [this](const OpenPart& open) { return std::make_unique<PayloadFold>(open(0), poison_); });
    ASSERT_TRUE(model_->Start({}));
  }

  void Append(const std::string& value) {
    std::promise<Result<Answer>> answer;
    Command command{.authority = "A", .of_service = true, .request = AppendRequest(kAnn, value)};
    command.id.bytes[0] = ++commands_;
    service_.Submit(0, command, [&](Result<Answer> given) { answer.set_value(given); });
    ASSERT_TRUE(answer.get_future().get());
  }

  // The version that serves, once it has read all there is.
  std::shared_ptr<ModelVersion> Latest() {
    std::promise<std::shared_ptr<ModelVersion>> live;
    model_->reader().ReadLatest({}, std::chrono::steady_clock::now() + 10s,
                                [&](const Result<void>& read) {
                                  EXPECT_TRUE(read);
                                  live.set_value(model_->live());
                                });
    return live.get_future().get();
  }

  ModelStatus Made() {
    const auto limit = std::chrono::steady_clock::now() + 10s;
    while (!model_->status().is_made && std::chrono::steady_clock::now() < limit)
      std::this_thread::yield();
    return model_->status();
  }

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  ListKeeper keeper_;
  SystemClock clock_;
  PartsInMemory parts_{3};
  std::string poison_ = "none is";
  uint8_t commands_ = 0;
  ServiceShards service_{{.service = "lists", .partition_count = 1},
                         {.log = *log_,
                          .keeper = keeper_,
                          .clock = clock_,
                          .today = [] { return CivilDate(); },
                          .store = [](uint32_t) { return std::make_unique<MemoryStateStore>(); }}};
  std::unique_ptr<ReadModel> model_;
};

TEST_F(AReadModel, IsMadeAnewWhileItServesAndTheOldRowsGo) {
  for (const char* value : {"a", "b", "c"}) Append(value);
  EXPECT_EQ(Latest()->number(), 1u);
  ASSERT_EQ(*model_->Rebuild(), 2u);
  const auto made = Made();
  EXPECT_EQ(made.version, 2u);
  EXPECT_FALSE(made.failure);
  Append("d");
  EXPECT_EQ(Latest()->number(), 2u);
  EXPECT_EQ(model_->status().behind, 0u);
  model_->Stop();
  EXPECT_EQ(parts_.rows(0).size(), 0u);
  EXPECT_EQ(parts_.rows(1).size(), 5u) << "four events and a place";
}

TEST_F(AReadModel, ServesTheVersionThatServedLastAfterARestart) {
  Append("a");
  ASSERT_TRUE(model_->Rebuild());
  EXPECT_EQ(Made().version, 2u);
  Open();
  EXPECT_EQ(model_->status().version, 2u);
  Append("b");
  EXPECT_EQ(Latest()->number(), 2u);
}

TEST_F(AReadModel, GoesOnServingWhenTheNextVersionCannotBeMade) {
  Append("a");
  Append("bad");
  EXPECT_EQ(Latest()->number(), 1u);
  poison_ = "bad";
  ASSERT_TRUE(model_->Rebuild());
  const auto made = Made();
  EXPECT_EQ(made.version, 1u);
  EXPECT_EQ(made.failure->reason, "POISON_EVENT");
  Append("c");
  EXPECT_EQ(Latest()->number(), 1u);
  EXPECT_EQ(parts_.rows(1).size(), 0u);
}

TEST_F(AReadModel, ThatCannotReadOnIsHealedByAVersionThatCan) {
  poison_ = "bad";
  Open();
  for (const char* value : {"a", "bad", "c"}) Append(value);
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (!model_->partitions().front().failure && std::chrono::steady_clock::now() < limit)
    std::this_thread::yield();
  ASSERT_EQ(model_->partitions().front().failure->reason, "POISON_EVENT");
  poison_ = "none is";
  ASSERT_TRUE(model_->Rebuild());
  EXPECT_EQ(Made().version, 2u);
  Latest();
  model_->Stop();
  EXPECT_EQ(parts_.rows(1).size(), 4u);
}

TEST_F(AReadModel, KeepsTheRowsOfAnOldVersionUntilNobodyReadsThem) {
  Append("a");
  Latest();
  Open();  // what was applied is stored
  auto held = Latest();
  ASSERT_TRUE(model_->Rebuild());
  EXPECT_EQ(Made().version, 2u);
  EXPECT_EQ(*held->Open(0)->Get("e1"), "a");
  EXPECT_EQ(model_->Rebuild().error().reason, "STILL_READ");
  held.reset();
  EXPECT_EQ(parts_.rows(0).size(), 0u);
  EXPECT_EQ(*model_->Rebuild(), 3u);
  EXPECT_EQ(Made().version, 3u);
}

TEST_F(AReadModel, DropsWhatAStopHasLeftUnfinished) {
  Append("a");
  Latest();
  model_.reset();
  ASSERT_TRUE(parts_.Open()(1)->Write({{"e1", "left"}, {kPlace, ""}}));
  Open();
  EXPECT_EQ(parts_.rows(1).size(), 0u);
  EXPECT_EQ(model_->status().version, 1u);
}

TEST_F(AReadModel, IsMadeAnewOnceAtATimeWhileCommandsComeIn) {
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 5; ++i) Append("value " + std::to_string(5 * round + i));
    const auto begun = model_->Rebuild();
    if (!begun) {
      EXPECT_TRUE(begun.error().reason == "REBUILD_RUNS" || begun.error().reason == "STILL_READ")
          << begun.error().reason;
    }
  }
  const auto version = Made().version;
  EXPECT_GT(version, 1u);
  Latest();
  model_->Stop();
  EXPECT_EQ(parts_.rows(version % 2 == 1 ? 0 : 1).size(), 101u);
  EXPECT_EQ(parts_.rows(version % 2 == 1 ? 1 : 0).size(), 0u);
}

}  // namespace
}  // namespace holdfast
