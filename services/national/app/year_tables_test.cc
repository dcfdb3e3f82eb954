#include "services/national/app/year_tables.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <future>
#include <mutex>
#include <set>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/eventlog/simulated_log.h"
#include "libs/testing/random.h"
#include "services/national/app/journal_in_tests.h"

namespace holdfast::national {
namespace {

using namespace std::chrono_literals;

// Stores in memory that outlive those who use them, and note which rows were asked for.
constexpr uint32_t kParts = kPartitions * kJournals.size();

class Stores {
 public:
  OpenPart Open() {
    return [this](uint32_t partition) -> std::unique_ptr<StateStore> {
      return std::make_unique<View>(*this, partition);
    };
  }
  std::vector<std::map<std::string, std::string, std::less<>>> Rows() const {
    std::vector<std::map<std::string, std::string, std::less<>>> rows;
    for (const auto& store : stores_) rows.push_back(store.rows());
    return rows;
  }
  void Wipe() {
    for (auto& store : stores_) ASSERT_TRUE(store.Wipe());
  }
  const std::set<std::string>& scanned() const { return scanned_; }

 private:
  class View final : public StateStore {
   public:
    View(Stores& all, uint32_t partition) : all_(all), store_(all.stores_.at(partition)) {}
    Result<std::optional<std::string>> Get(std::string_view key) override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Get(key);
    }
    Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                        size_t limit) override {
      const std::lock_guard lock(all_.mutex_);
      all_.scanned_.emplace(prefix);
      return store_.Scan(prefix, after, limit);
    }
    Result<void> Write(const RowChanges& changes) override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Write(changes);
    }
    Result<void> Wipe() override { return store_.Wipe(); }

   private:
    Stores& all_;
    MemoryStateStore& store_;
  };

  std::mutex mutex_;
  std::vector<MemoryStateStore> stores_{2 * kParts + 1};
  std::set<std::string> scanned_;
};

YearQuestion Question(int year = 2026, const std::string& authority = kNorth,
                      std::string_view known_at = "2026-06-01") {
  return {authority, YearEndOf(year), DayIn(known_at)};
}

// What a journal's partition holds, in order.
using PartEvents = std::vector<std::pair<SubjectId, std::string>>;

// An adoption order that a court states of a child.
std::string OrderStated(const std::string& authority, int number, CivilDate on) {
  proceedings::v1::ProceedingsEvent event;
  auto& stated = *event.mutable_item_stated();
  stated.set_authority(authority);
  stated.set_source("court-a");
  stated.set_item(ItemId{HashId("item", {std::to_string(number)})}.Bytes());
  stated.set_fact(FactId{HashId("fact", {std::to_string(number)})}.Bytes());
  stated.set_kind(proceedings::v1::FEED_KIND_ORDER_MADE);
  stated.set_code("ADOPTION");
  SetDate(on, stated.mutable_on());
  stated.set_sent_at_us(1'780'000'000'000'000);
  return event.SerializeAsString();
}

// The journals of a few returns of two years, in the order in which an import states them, and of a
// court's orders.
std::vector<PartEvents> RandomJournals(uint64_t seed) {
  Random random(seed);
  std::vector<PartEvents> journals(kParts);
  for (uint32_t partition = 0; partition < kPartitions; ++partition) {
    auto& orders = journals[kPartitions + partition];
    for (int n = 0; n < 3; ++n) {
      if (random.Chance(500))
        orders.emplace_back(ChildIn(partition, n),
                            OrderStated(n == 2 ? kSouth : kNorth, n,
                                        YearEndOf(2026).PlusDays(-static_cast<int>(random.Below(700)))));
    }
    std::vector<EventOf> journal;
    for (int year = 2025; year <= 2026; ++year) {
      for (int n = 0; n < 3; ++n) {
        const SubjectId child = ChildIn(partition, n);
        if (year == 2025) journal.emplace_back(child, Registered(n == 2 ? kSouth : kNorth));
        if (random.Chance(800)) {
          const CivilDate start = YearEndOf(2025).PlusDays(-static_cast<int>(random.Below(300)));
          const CivilDate end = start.PlusDays(static_cast<int>(random.Below(500)));
          journal.emplace_back(
              child, EpisodeStated(year, start.Iso(),
                                   random.Chance(500) && end <= YearEndOf(year) ? end.Iso() : "",
                                   n == 2 ? kSouth : kNorth));
        }
        if (random.Chance(500)) {
          journal.emplace_back(
              child,
              ReviewStated(year,
                           YearEndOf(year).PlusDays(-static_cast<int>(random.Below(360))).Iso()));
        }
      }
      journal.emplace_back(CopyIn(partition), Covered(year));
    }
    for (const auto& [subject, event] : journal)
      journals[partition].emplace_back(subject, event.SerializeAsString());
  }
  return journals;
}

// Folds journals event by event, as a reader of all parts would, in an order of its own.
class Folding {
 public:
  Folding(const std::vector<PartEvents>& journals, Stores& stores)
      : journals_(journals), fold_(kPartitions, stores.Open()), applied_(kParts) {}

  void Apply(uint32_t part) {
    const auto& [subject, payload] = journals_[part].at(applied_[part]);
    const uint64_t number = ++applied_[part];
    RC_ASSERT(fold_
                  .Apply(PartitionOfPart(part, kPartitions), {subject, payload, number,
                                                Instant(std::chrono::microseconds(1000 * number))})
                  .has_value());
  }
  void Store(uint32_t part) {
    journal::v1::Checkpoint checkpoint;
    checkpoint.set_events(applied_[part]);
    RC_ASSERT(fold_.Store(PartitionOfPart(part, kPartitions), checkpoint).has_value());
  }
  bool HasMore(uint32_t part) const {
    return applied_[part] < journals_[part].size();
  }
  const std::vector<uint64_t>& applied() const { return applied_; }
  ReadPoint Point() const { return fold_.PointOf(kNorth); }

  // All that is left, in an order of `random`, stored now and then.
  void Finish(Random& random) {
    while (true) {
      std::vector<uint32_t> left;
      for (uint32_t part = 0; part < kParts; ++part) {
        if (HasMore(part)) left.push_back(part);
      }
      if (left.empty()) break;
      const uint32_t part = left[random.Below(left.size())];
      Apply(part);
      if (random.Chance(200)) Store(static_cast<uint32_t>(random.Below(kParts)));
    }
    for (uint32_t part = 0; part < kParts; ++part) Store(part);
  }

 private:
  const std::vector<PartEvents>& journals_;
  NationalFold fold_;
  std::vector<uint64_t> applied_;
};

YearCounts CountsAt(const ReadPoint& point, Stores& stores, int year = 2026) {
  const auto counts = CountYear(Question(year), point, stores.Open(), ShippedPolicies());
  RC_ASSERT(counts.has_value());
  return counts->value_or(YearCounts{});
}

RC_GTEST_PROP(YearTables, AreTheSameBytesWhateverTheInterleave, (uint64_t seed)) {
  const auto journals = RandomJournals(seed);
  Stores one, other;
  Random order(seed + 1);
  Folding(journals, one).Finish(order);
  Folding(journals, other).Finish(order);
  RC_ASSERT(one.Rows() == other.Rows());
}

RC_GTEST_PROP(YearTables, AreTheSameAtEarlierPositionsAfterMoreEvents, (uint64_t seed)) {
  const auto journals = RandomJournals(seed);
  Stores stores;
  Random random(seed + 1);
  Folding folding(journals, stores);
  for (uint64_t steps = random.Below(60); steps > 0; --steps) {
    const auto partition = static_cast<uint32_t>(random.Below(kParts));
    if (folding.HasMore(partition)) folding.Apply(partition);
    if (random.Chance(300)) folding.Store(partition);
  }
  const auto positions = folding.applied();
  const YearCounts before = CountsAt(folding.Point(), stores);
  folding.Finish(random);
  ReadPoint again = folding.Point();
  again.events = positions;
  RC_ASSERT(CountsAt(again, stores) == before);
}

TEST(YearTables, ReadTheRowsOfOneAuthorityAlone) {
  Stores stores;
  Random random(1);
  const auto journals = RandomJournals(1);
  Folding folding(journals, stores);
  folding.Finish(random);
  ASSERT_TRUE(CountYear(Question(2026, kSouth), folding.Point(), stores.Open(), ShippedPolicies()));
  EXPECT_EQ(stores.scanned(), (std::set<std::string>{PrefixOf(RowKind::kAuthority, kSouth),
                                                     PrefixOf(RowKind::kChild, kSouth)}));
}

// Tables over a journal that grows.
class GrowingTables : public ::testing::Test {
 protected:
  void Start() {
    tables_ = std::make_unique<YearTables>(*log_, kPartitions, stores_.Open());
    ASSERT_TRUE(tables_->Start({}));
  }
  void Restart() {
    tables_.reset();
    Start();
  }
  // A child in care at the end of the year, as its return says.
  void AddChild(int number) {
    const uint32_t partition = static_cast<uint32_t>(number) % kPartitions;
    const SubjectId child = ChildIn(partition, number);
    journal_.Append(partition, {{child, Registered()}, {child, EpisodeStated(2026, "2025-05-02")}});
  }
  Result<YearTable> Ask(ReadFrom from = {}, const YearQuestion& question = Question(),
                        std::chrono::milliseconds limit = 10s) {
    std::promise<Result<YearTable>> answer;
    tables_->Ask(question, std::move(from), std::chrono::steady_clock::now() + limit,
                 [&](Result<YearTable> given) { answer.set_value(std::move(given)); });
    return answer.get_future().get();
  }
  static uint64_t LookedAfter(const Result<YearTable>& table) {
    return table ? *table->measures.front().numerator : 999;
  }

  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  CasesJournal journal_{*log_};
  Stores stores_;
  std::unique_ptr<YearTables> tables_;
};

TEST_F(GrowingTables, SeeAllThatWasThereWhenAsked) {
  Start();
  for (int number = 0; number < 20; ++number) {
    AddChild(number);
    EXPECT_EQ(LookedAfter(Ask()), static_cast<uint64_t>(number) + 1);
  }
}

TEST_F(GrowingTables, AreTheSameAtTheirPositionsLater) {
  Start();
  for (int number = 0; number < 5; ++number) AddChild(number);
  const auto before = Ask();
  ASSERT_TRUE(before);
  for (int number = 5; number < 9; ++number) AddChild(number);
  const auto again = Ask({.exactly = before->positions, .at_least = {}});
  EXPECT_EQ(LookedAfter(again), 5u);
  EXPECT_EQ(again->positions, before->positions);
  EXPECT_EQ(LookedAfter(Ask()), 9u);
}

TEST_F(GrowingTables, WaitForPositionsThatTheLogDoesNotHold) {
  Start();
  AddChild(0);
  const auto far =
      Ask({.exactly = std::vector<uint64_t>(kParts, 1000), .at_least = {}}, Question(), 50ms);
  ASSERT_FALSE(far);
  EXPECT_EQ(far.error().reason, "NOT_YET_READ");
  const auto at_least =
      Ask({.exactly = {}, .at_least = std::vector<uint64_t>(kParts, 1000)}, Question(), 50ms);
  EXPECT_EQ(at_least.error().reason, "NOT_YET_READ");
}

TEST_F(GrowingTables, KnowNothingOfAnAuthorityThatTheJournalDoesNotName) {
  Start();
  AddChild(0);
  EXPECT_EQ(Ask({}, Question(2026, kSouth)).error().reason, "UNKNOWN_AUTHORITY");
}

TEST_F(GrowingTables, CountAReturnFromTheDayItWasReported) {
  Start();
  AddChild(0);
  EXPECT_EQ(LookedAfter(Ask({}, Question(2026, kNorth, "2026-03-30"))), 0u);
  EXPECT_EQ(LookedAfter(Ask({}, Question(2026, kNorth, "2026-03-31"))), 1u);
}

TEST_F(GrowingTables, AreTheSameBytesWhenBuiltAgain) {
  Start();
  for (int number = 0; number < 9; ++number) {
    AddChild(number);
    if (number == 4) Restart();
  }
  ASSERT_TRUE(Ask());
  tables_.reset();
  const auto before = stores_.Rows();
  stores_.Wipe();
  Start();
  EXPECT_EQ(LookedAfter(Ask()), 9u);
  tables_.reset();
  EXPECT_EQ(stores_.Rows(), before);
}

TEST_F(GrowingTables, AnswerNobodyWhenStopped) {
  Start();
  tables_->Stop();
  EXPECT_EQ(Ask().error().reason, "NOT_YET_READ");
}

}  // namespace
}  // namespace holdfast::national
