#include "libs/journal/reader_state.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace holdfast {
namespace {

using journal::v1::Record;

std::string ClaimBytes(uint64_t epoch, char nonce) {
  Record record;
  record.set_kind(journal::v1::RECORD_KIND_CLAIM);
  record.set_epoch(epoch);
  record.set_nonce(std::string(16, nonce));
  return EncodeRecord(record);
}

std::string BatchBytes(uint64_t epoch, char nonce, uint64_t seq, const Chain& prev) {
  Record record;
  record.set_kind(journal::v1::RECORD_KIND_BATCH);
  record.set_epoch(epoch);
  record.set_nonce(std::string(16, nonce));
  record.set_seq(seq);
  record.set_prev(std::string(AsBytes(prev)));
  record.add_events()->set_payload("e");
  return EncodeRecord(record);
}

// A reader, and what it made of each record: C, B or v.
struct Reader {
  ReaderState state;
  std::string verdicts;

  void Read(const std::string& bytes) {
    const auto judged = Apply(state, state.next_offset, bytes);
    ASSERT_TRUE(judged);
    verdicts += "CBv"[static_cast<int>(judged->verdict)];
  }
  void ReadBatch(uint64_t epoch, char nonce, uint64_t seq) {
    Read(BatchBytes(epoch, nonce, seq, state.chain));
  }
};

TEST(ReaderRule, TakesBatchesOfTheClaimInForceInOrder) {
  Reader reader;
  reader.Read(ClaimBytes(1, 'a'));
  reader.ReadBatch(1, 'a', 1);
  reader.ReadBatch(1, 'a', 2);
  EXPECT_EQ(reader.verdicts, "CBB");
  EXPECT_EQ(reader.state.events, 2u);
}

TEST(ReaderRule, VoidsWhatIsNotOfTheClaimInForce) {
  Reader reader;
  reader.ReadBatch(0, 'a', 1);  // before any claim
  reader.Read(ClaimBytes(5, 'a'));
  reader.ReadBatch(5, 'b', 1);                   // another nonce
  reader.ReadBatch(4, 'a', 1);                   // an earlier epoch
  reader.ReadBatch(5, 'a', 2);                   // not the next
  reader.Read(BatchBytes(5, 'a', 1, Chain{9}));  // after another chain
  reader.ReadBatch(5, 'a', 1);
  reader.Read(ClaimBytes(6, 'b'));
  reader.ReadBatch(5, 'a', 2);  // the owner before
  EXPECT_EQ(reader.verdicts, "vCvvvvBCv");
  EXPECT_EQ(reader.state.void_records, 6u);
}

TEST(ReaderRule, TakesAClaimOfALaterEpochButNotTooFarAhead) {
  Reader reader;
  reader.Read(ClaimBytes(0, 'a'));
  reader.Read(ClaimBytes(1025, 'a'));
  reader.Read(ClaimBytes(1024, 'a'));
  reader.Read(ClaimBytes(1024, 'b'));
  reader.Read(ClaimBytes(2048, 'b'));
  EXPECT_EQ(reader.verdicts, "vvCvC");
}

TEST(ReaderRule, LeavesTheChainAtAVoidRecord) {
  Reader reader;
  reader.Read(ClaimBytes(1, 'a'));
  const Chain before = reader.state.chain;
  reader.Read("\x01 no record");
  reader.Read("");
  EXPECT_EQ(reader.state.chain, before);
  EXPECT_EQ(reader.state.last_valid_offset, 0u);
  EXPECT_EQ(reader.state.next_offset, 3u);
}

TEST(ReaderRule, StopsAtAnUnknownVersionAndStaysThere) {
  ReaderState state;
  EXPECT_FALSE(Apply(state, 0, "\x07..."));
  EXPECT_EQ(state, ReaderState{});
}

// A log of an owner, with records of rivals, and copies, put in anywhere.
RC_GTEST_PROP(ReaderRule, IsNotMovedByRivalsCopiesAndReorderingOfTheirs,
              (std::vector<std::pair<uint8_t, uint8_t>> noise)) {
  Reader clean;
  std::vector<std::string> log{ClaimBytes(3, 'o')};
  clean.Read(log.front());
  for (uint64_t seq = 1; seq <= 6; ++seq) {
    log.push_back(BatchBytes(3, 'o', seq, clean.state.chain));
    clean.Read(log.back());
  }
  Reader noisy;
  size_t next = 0;
  for (const auto& [what, how] : noise) {
    if (next < log.size()) noisy.Read(log[next++]);
    if (what % 3 == 0) noisy.Read(ClaimBytes(how % 4, 'r'));
    if (what % 3 == 1) noisy.Read(BatchBytes(how % 5, 'r', how, noisy.state.chain));
    if (what % 3 == 2) noisy.Read(log[how % std::max<size_t>(next, 1)]);
  }
  while (next < log.size()) noisy.Read(log[next++]);
  RC_ASSERT(noisy.state.chain == clean.state.chain);
  RC_ASSERT(noisy.state.events == clean.state.events);
  RC_ASSERT(noisy.state.valid_records == clean.state.valid_records);
}

RC_GTEST_PROP(ReaderRule, NoticesEachChangedByteOfAValidRecord, (uint8_t which, uint16_t where)) {
  std::vector<std::string> log;
  Reader reader;
  log.push_back(ClaimBytes(1, 'o'));
  reader.Read(log.back());
  for (uint64_t seq = 1; seq <= 4; ++seq) {
    log.push_back(BatchBytes(1, 'o', seq, reader.state.chain));
    reader.Read(log.back());
  }
  std::string& changed = log[which % log.size()];
  changed[where % changed.size()] ^= 0x20;
  ReaderState state;
  for (const std::string& bytes : log) {
    if (!Apply(state, state.next_offset, bytes)) return;
  }
  RC_ASSERT(state.chain != reader.state.chain);
}

}  // namespace
}  // namespace holdfast
