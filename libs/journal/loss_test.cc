#include "libs/journal/loss.h"

#include <gtest/gtest.h>

#include "libs/eventlog/simulated_log.h"

namespace holdfast {
namespace {

const LogPartition kCases{"cases", 0};
const LogPartition kAlerting{"alerting", 0};
const std::vector<JournalIdentity> kJournals{{.partition = kAlerting, .partition_count = 1},
                                             {.partition = kCases, .partition_count = 1}};

// Cases with three events, and alerting that reacted to each of them.
class ALoss : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const LogPartition& partition : {kCases, kAlerting}) Claim(partition);
    for (int i = 0; i < 3; ++i) {
      Batch(kCases, {});
      Batch(kAlerting, ends_[kCases]);
    }
  }

  void Claim(const LogPartition& partition) {
    journal::v1::Record claim;
    claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
    claim.set_epoch(1);
    claim.set_nonce(std::string(16, 'n'));
    *claim.mutable_claim() = ClaimOf({partition, 1});
    Append(partition, claim);
  }

  // One event, made from the newest of `source`.
  void Batch(const LogPartition& partition, const std::optional<ReaderState>& source) {
    const ReaderState& state = ends_[partition];
    journal::v1::Record batch = BatchAfter(state);
    batch.add_events()->set_payload("an event");
    if (source) {
      auto& range = *batch.add_sources();
      range.set_service("cases");
      range.set_from(source->events);
      range.set_to(source->events);
      range.set_chain(std::string(AsBytes(source->chain)));
    }
    Append(partition, batch);
  }

  void Append(const LogPartition& partition, const journal::v1::Record& record) {
    const std::string bytes = EncodeRecord(record);
    ReaderState& state = ends_[partition];
    ASSERT_TRUE(Apply(state, state.next_offset, bytes));
    log_.Connect()->Append(partition, bytes, {});
  }

  Witness WitnessOf(const LogPartition& partition) {
    return {"a folder",
            MakeCheckpoint(log_.Connect()->Id(partition), {partition, 1}, ends_[partition])};
  }

  Result<std::vector<LostEnd>> Losses(const std::vector<Witness>& witnesses) {
    const auto log = log_.Connect();
    return FindLosses(*log, kJournals, witnesses);
  }

  SimulatedLog log_{1};
  std::map<LogPartition, ReaderState> ends_;
};

TEST_F(ALoss, IsNoneWhileTheLogHoldsWhatItsWitnessRead) {
  const auto lost = Losses({WitnessOf(kCases), WitnessOf(kAlerting)});
  ASSERT_TRUE(lost);
  EXPECT_TRUE(lost->empty());
}

TEST_F(ALoss, IsWhatAWitnessReadBeyondTheEndOfTheLog) {
  const Witness witness = WitnessOf(kAlerting);
  log_.Truncate(kAlerting, 2);  // the claim and the first event stay
  const auto lost = Losses({witness});
  ASSERT_TRUE(lost);
  ASSERT_EQ(lost->size(), 1u);
  EXPECT_EQ(lost->front().partition, kAlerting);
  EXPECT_EQ(lost->front().next_offset, 2u);
  EXPECT_EQ(lost->front().from, 2u);
  EXPECT_EQ(lost->front().to, 3u);
  EXPECT_EQ(lost->front().witness, "a folder");
  EXPECT_FALSE(lost->front().is_cut);
}

TEST_F(ALoss, TakesWithItWhatAnotherJournalMadeFromIt) {
  log_.Truncate(kCases, 3);  // two events stay
  const auto lost = Losses({});
  ASSERT_TRUE(lost);
  ASSERT_EQ(lost->size(), 2u);
  EXPECT_EQ(lost->front().partition, kAlerting);
  EXPECT_TRUE(lost->front().is_cut);
  EXPECT_EQ(lost->front().next_offset, 3u);
  EXPECT_EQ(lost->front().from, 3u);
  EXPECT_EQ(lost->front().to, 3u);
  EXPECT_EQ(lost->back().partition, kCases);
  EXPECT_FALSE(lost->back().is_cut);
  EXPECT_EQ(lost->back().witness, "alerting/0");
  EXPECT_EQ(lost->back().events(), 1u);
}

TEST_F(ALoss, IsNotWhatStandsInTheLogInsteadOfWhatWasRead) {
  const Witness witness = WitnessOf(kAlerting);
  log_.Truncate(kAlerting, 3);
  journal::v1::Record other;
  other.set_kind(journal::v1::RECORD_KIND_CLAIM);
  other.set_epoch(2);
  other.set_nonce(std::string(16, 'o'));
  *other.mutable_claim() = ClaimOf({kAlerting, 1});
  log_.Connect()->Append(kAlerting, EncodeRecord(other), {});
  const auto lost = Losses({witness});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().reason, "NOT_A_LOST_END");
}

}  // namespace
}  // namespace holdfast
