#include "libs/journal/journal_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "libs/eventlog/simulated_log.h"
#include "libs/journal/head_file.h"
#include "libs/journal/read_back_off.h"
#include "libs/journal/verify.h"

namespace holdfast {
namespace {

const LogPartition kCases{"cases", 0};

// A journal of one claim and some batches.
class AJournal : public ::testing::Test {
 protected:
  AJournal() {
    journal::v1::Record claim;
    claim.set_kind(journal::v1::RECORD_KIND_CLAIM);
    claim.set_epoch(1);
    claim.set_nonce(std::string(16, 'n'));
    *claim.mutable_claim() = ClaimOf(identity_);
    Append(claim);
    for (int i = 0; i < 5; ++i) AppendBatch();
  }

  void Append(const journal::v1::Record& record) {
    const std::string bytes = EncodeRecord(record);
    ASSERT_TRUE(Apply(written_, written_.next_offset, bytes));
    log_->Append(kCases, bytes, {});
  }

  void AppendBatch() {
    journal::v1::Record batch = BatchAfter(written_);
    batch.add_events()->set_payload("e");
    Append(batch);
  }

  static Result<size_t> ReadAll(JournalReader& reader) {
    return reader.ReadOn(1 << 20, [](const LogRecord&, JudgedRecord&) { return Result<void>{}; });
  }

  journal::v1::Checkpoint Witness() {
    JournalReader reader(*log_, identity_);
    EXPECT_TRUE(ReadAll(reader));
    return reader.checkpoint();
  }

  // The log, with the record at `offset` replaced or all from it on gone.
  void Rewrite(uint64_t offset, const std::string& bytes) {
    const auto all = shared_.All(kCases);
    shared_.Truncate(kCases, offset);
    log_ = shared_.Connect();
    if (bytes.empty()) return;
    log_->Append(kCases, bytes, {});
    for (size_t i = offset + 1; i < all.size(); ++i) log_->Append(kCases, all[i].bytes, {});
  }

  JournalIdentity identity_{.partition = kCases, .partition_count = 4};
  SimulatedLog shared_{1};
  std::unique_ptr<EventLog> log_ = shared_.Connect();
  ReaderState written_;
};

TEST_F(AJournal, IsReadOnFromACheckpoint) {
  const auto witness = Witness();
  AppendBatch();
  JournalReader reader(*log_, identity_);
  ASSERT_TRUE(reader.ResumeFrom(witness));
  EXPECT_EQ(ReadAll(reader), 1u);
  EXPECT_EQ(reader.state(), written_);
}

TEST_F(AJournal, IsRefusedWhenItLostItsEnd) {
  const auto witness = Witness();
  Rewrite(4, "");
  JournalReader reader(*log_, identity_);
  EXPECT_EQ(reader.ResumeFrom(witness).error().reason, "LOG_REGRESSION");
  EXPECT_EQ(reader.AddWitness(witness).error().reason, "LOG_REGRESSION");
}

TEST_F(AJournal, IsRefusedWhenItsLastRecordIsAnother) {
  const auto witness = Witness();
  Rewrite(5, "\x01 another");
  JournalReader reader(*log_, identity_);
  EXPECT_EQ(reader.ResumeFrom(witness).error().reason, "LOG_REGRESSION");
}

TEST_F(AJournal, IsRefusedByAWitnessWhenAnEarlierRecordIsAnother) {
  const auto witness = Witness();
  Rewrite(2, "\x01 another");
  JournalReader reader(*log_, identity_);
  ASSERT_TRUE(reader.AddWitness(witness)) << "its last record is in place";
  EXPECT_EQ(ReadAll(reader).error().reason, "LOG_REGRESSION");
}

TEST_F(AJournal, IsRefusedUnderOtherSettings) {
  identity_.partition_count = 8;
  JournalReader reader(*log_, identity_);
  EXPECT_EQ(ReadAll(reader).error().reason, "SETTINGS_DIFFER");
}

TEST_F(AJournal, IsVerifiedAgainstAllWitnesses) {
  const auto witness = Witness();
  EXPECT_TRUE(VerifyJournals(*log_, {identity_}, {{"HEAD", witness}}).ok());
  Rewrite(2, "\x01 another");
  const Audit changed = VerifyJournals(*log_, {identity_}, {{"HEAD", witness}});
  ASSERT_EQ(changed.findings.size(), 1u);
  EXPECT_EQ(changed.findings[0].kind, "differs");
  Rewrite(4, "");
  EXPECT_EQ(VerifyJournals(*log_, {identity_}, {{"HEAD", witness}}).findings[0].kind, "shorter");
}

TEST_F(AJournal, HasASignedHeadThatShowsWhenItIsChanged) {
  const auto path = std::filesystem::temp_directory_path() / ("HEAD-" + std::to_string(getpid()));
  const HeadKey key{1};
  Heads heads;
  heads.Report(kCases, Witness());
  const auto head = heads.TakeChanged(Instant{});
  ASSERT_TRUE(head);
  EXPECT_FALSE(heads.TakeChanged(Instant{})) << "nothing has changed since";
  ASSERT_TRUE(WriteHeadFile(path, key, *head));
  EXPECT_EQ(WitnessFor(*ReadHeadFile(path, key), kCases)->events(), 5u);
  EXPECT_EQ(ReadHeadFile(path, HeadKey{2}).error().reason, "HEAD_NOT_TRUSTED");
  const auto size = std::filesystem::file_size(path);
  for (uintmax_t offset = 0; offset < size; ++offset) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(offset));
    const char byte = static_cast<char>(file.get());
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(static_cast<char>(byte ^ 1)).flush();
    EXPECT_EQ(ReadHeadFile(path, key).error().reason, "HEAD_NOT_TRUSTED") << offset;
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(byte);
  }
  std::filesystem::remove(path);
}

TEST_F(AJournal, IsReadOnOnceItsLogCanBeReadAgain) {
  JournalReader reader(*log_, identity_);
  shared_.SetFaults({.unreadable = 1000});
  for (int i = 0; i < 3; ++i) {
    const auto read = ReadAll(reader);
    ASSERT_FALSE(read);
    EXPECT_TRUE(JournalReader::MayTryAgain(read.error()));
  }
  shared_.SetFaults({});
  EXPECT_EQ(ReadAll(reader), 6u);
  EXPECT_EQ(reader.state(), written_);
}

TEST_F(AJournal, IsNotReadOnOnceARecordOfItWasWrong) {
  Rewrite(3, "damaged");
  JournalReader reader(*log_, identity_);
  const auto read = ReadAll(reader);
  ASSERT_FALSE(read);
  EXPECT_FALSE(JournalReader::MayTryAgain(read.error()));
  EXPECT_EQ(ReadAll(reader), read);
}

TEST(ALogThatCannotBeRead, IsReadAgainAfterPausesThatDoubleToFiveSeconds) {
  const Status why{StatusCode::kUnavailable, "LOG_NOT_READ", "no broker answers"};
  ReadBackOff back_off;
  Monotonic now;
  std::vector<std::chrono::milliseconds> pauses;
  for (int i = 0; i < 9; ++i) {
    EXPECT_TRUE(back_off.MayRead(now));
    back_off.OnFailure(why, now);
    EXPECT_FALSE(back_off.MayRead(now));
    pauses.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(back_off.again() - now));
    now = back_off.again();
  }
  using namespace std::chrono_literals;
  EXPECT_EQ(pauses, (std::vector<std::chrono::milliseconds>{50ms, 100ms, 200ms, 400ms, 800ms,
                                                            1600ms, 3200ms, 5000ms, 5000ms}));
  back_off.OnSuccess();
  EXPECT_EQ(back_off.why(), std::nullopt);
  back_off.OnFailure(why, now);
  EXPECT_EQ(back_off.again() - now, 50ms);
}

}  // namespace
}  // namespace holdfast
