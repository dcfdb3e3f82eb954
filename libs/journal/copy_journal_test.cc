#include "libs/journal/copy_journal.h"

#include <gtest/gtest.h>

#include "libs/eventlog/simulated_log.h"

namespace holdfast {
namespace {

const LogPartition kCases{"cases", 2};
const JournalIdentity kJournal{.partition = kCases, .partition_count = 4};

// A log with a journal of claims, batches and void records between them, and an empty one.
class ACopy : public ::testing::Test {
 protected:
  void Claim(uint64_t epoch, char nonce) {
    journal::v1::Record claim;
    claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
    claim.set_epoch(epoch);
    claim.set_nonce(std::string(16, nonce));
    *claim.mutable_claim() = ClaimOf(kJournal);
    Append(claim);
  }

  void Batch() {
    journal::v1::Record batch = BatchAfter(written_);
    batch.add_events()->set_payload("an event");
    Append(batch);
  }

  void Append(const journal::v1::Record& record) {
    const std::string bytes = EncodeRecord(record);
    ASSERT_TRUE(Apply(written_, written_.next_offset, bytes));
    source_->Append(kCases, bytes, {});
  }

  void TwoOwnersAndAVoidRecord() {
    Claim(1, 'a');
    Batch();
    Batch();
    Claim(1, 'b');  // void: the epoch is taken
    Claim(2, 'c');
    Batch();
    ASSERT_EQ(written_.void_records, 1u);
    ASSERT_EQ(written_.events, 3u);
  }

  SimulatedLog from_{1};
  SimulatedLog to_{2};
  std::unique_ptr<EventLog> source_ = from_.Connect();
  std::unique_ptr<EventLog> target_ = to_.Connect();
  ReaderState written_;
};

TEST_F(ACopy, HasTheChainAndThePositionsOfItsSource) {
  TwoOwnersAndAVoidRecord();
  const auto copy = CopyJournal(*source_, *target_, kJournal);
  ASSERT_TRUE(copy);
  EXPECT_TRUE(copy->equal());
  EXPECT_EQ(copy->target.chain, written_.chain);
  EXPECT_EQ(copy->target.events, 3u);
  EXPECT_EQ(copy->target.valid_records, 5u);
}

TEST_F(ACopy, LeavesVoidRecordsBehind) {
  TwoOwnersAndAVoidRecord();
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal));
  EXPECT_EQ(from_.All(kCases).size(), 6u);
  EXPECT_EQ(to_.All(kCases).size(), 5u);
}

TEST_F(ACopy, MadeTwiceChangesNothing) {
  TwoOwnersAndAVoidRecord();
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal));
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal)->equal());
  EXPECT_EQ(to_.All(kCases).size(), 5u);
}

TEST_F(ACopy, GoesOnWhereItWasCutOff) {
  TwoOwnersAndAVoidRecord();
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal));
  for (uint64_t kept = 0; kept < 5; ++kept) {
    to_.Truncate(kCases, kept);
    const auto target = to_.Connect();
    const auto copy = CopyJournal(*source_, *target, kJournal);
    ASSERT_TRUE(copy) << "after " << kept << " records: " << copy.error().message;
    EXPECT_TRUE(copy->equal());
    EXPECT_EQ(to_.All(kCases).size(), 5u);
  }
}

TEST_F(ACopy, IsRefusedWhereTheTargetHoldsAnotherJournal) {
  Claim(7, 'z');
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal));
  const size_t before = to_.All(kCases).size();
  SimulatedLog another(3);
  source_ = another.Connect();
  written_ = {};
  TwoOwnersAndAVoidRecord();
  EXPECT_EQ(CopyJournal(*source_, *target_, kJournal).error().reason, "TARGET_NOT_EMPTY");
  EXPECT_EQ(to_.All(kCases).size(), before);
}

TEST_F(ACopy, IsRefusedWhereTheTargetHasGoneOn) {
  TwoOwnersAndAVoidRecord();
  ASSERT_TRUE(CopyJournal(*source_, *target_, kJournal));
  source_ = to_.Connect();
  Claim(3, 'd');
  source_ = from_.Connect();
  EXPECT_EQ(CopyJournal(*source_, *target_, kJournal).error().reason, "TARGET_NOT_EMPTY");
}

TEST_F(ACopy, IsComparedWithoutBeingMade) {
  TwoOwnersAndAVoidRecord();
  const auto compared = CompareJournals(*source_, *target_, kJournal);
  ASSERT_TRUE(compared);
  EXPECT_FALSE(compared->equal());
  EXPECT_EQ(compared->source.events, 3u);
  EXPECT_TRUE(to_.All(kCases).empty());
}

TEST_F(ACopy, SaysWhenTheTargetDidNotTakeARecord) {
  TwoOwnersAndAVoidRecord();
  to_.SetFaults({.unknown = 1000});
  EXPECT_EQ(CopyJournal(*source_, *target_, kJournal).error().reason, "COPY_CUT_OFF");
}

}  // namespace
}  // namespace holdfast
