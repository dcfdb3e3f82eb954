#include <memory>
#include <string>
#include <vector>

#include "libs/base/check.h"
#include "libs/eventlog/simulated_log.h"
#include "libs/journal/journal_reader.h"
#include "tests/fuzz/fuzz_targets.h"

namespace holdfast {
namespace {

const LogPartition kPartition{"fuzzed", 0};
constexpr size_t kMostRecords = 64;

// How a record of the input is put into the log.
enum class Fitted { kAsItIs, kIntoPlace, kModes };

struct Frame {
  Fitted fitted;
  std::string bytes;
};

// Frames of the input: a byte how, two bytes how long, then so many.
std::vector<Frame> FramesIn(std::string_view text) {
  std::vector<Frame> frames;
  while (text.size() >= 3 && frames.size() < kMostRecords) {
    const auto how =
        static_cast<Fitted>(static_cast<uint8_t>(text[0]) % static_cast<uint8_t>(Fitted::kModes));
    const size_t size =
        static_cast<uint8_t>(text[1]) | static_cast<size_t>(static_cast<uint8_t>(text[2])) << 8;
    frames.push_back({how, std::string(text.substr(3, size))});
    text.remove_prefix(std::min(text.size(), 3 + size));
  }
  return frames;
}

// The record as one that continues the journal, so that what stands behind a valid one is reached
// too.
std::string IntoPlace(const ReaderState& state, const std::string& bytes) {
  auto record = DecodeRecord(bytes);
  if (!record) return bytes;
  if (record->kind() == journal::v1::RECORD_KIND_CLAIM) {
    record->set_epoch(state.epoch + 1);
    record->set_nonce(std::string(16, 'n'));
    *record->mutable_claim() = ClaimOf({.partition = kPartition});
  } else {
    record->set_epoch(state.epoch);
    record->set_nonce(state.nonce.Bytes());
    record->set_seq(state.seq + 1);
    record->set_prev(std::string(AsBytes(state.chain)));
  }
  return EncodeRecord(*record);
}

// One record by the rule: what it moves, and that it moves nothing when it is refused.
bool Take(ReaderState& state, const std::string& bytes) {
  const ReaderState before = state;
  const auto judged = Apply(state, state.next_offset, bytes);
  if (!judged) {
    HOLDFAST_CHECK(judged.error().reason == "UNKNOWN_RECORD_VERSION" && state == before);
    return false;
  }
  const bool is_valid = judged->verdict != Verdict::kVoid;
  HOLDFAST_CHECK(state.next_offset == before.next_offset + 1);
  HOLDFAST_CHECK(state.valid_records == before.valid_records + (is_valid ? 1 : 0));
  HOLDFAST_CHECK(state.void_records == before.void_records + (is_valid ? 0 : 1));
  HOLDFAST_CHECK(state.chain == (is_valid ? ExtendChain(before.chain, bytes) : before.chain));
  HOLDFAST_CHECK(state.epoch >= before.epoch && state.events >= before.events);
  HOLDFAST_CHECK(state.last_recorded_at >= before.last_recorded_at);
  return true;
}

Result<size_t> ReadAll(JournalReader& reader) {
  Result<size_t> shown = 0;
  do {
    shown = reader.ReadOn(256, [](const LogRecord&, JudgedRecord&) { return Result<void>{}; });
  } while (shown && *shown > 0);
  return shown;
}

// The reader that production uses comes to the same state, and goes on from any checkpoint of it.
void CheckReader(EventLog& log, const ReaderState& state, bool all_known) {
  JournalReader reader(log, {.partition = kPartition});
  const auto read = ReadAll(reader);
  if (!read) {
    HOLDFAST_CHECK(!all_known || read.error().reason == "SETTINGS_DIFFER");
    return;
  }
  HOLDFAST_CHECK(all_known && reader.state() == state);
  JournalReader again(log, {.partition = kPartition});
  journal::v1::Checkpoint kept;
  HOLDFAST_CHECK(kept.ParseFromString(reader.checkpoint().SerializeAsString()));
  if (state.valid_records == 0) return;
  HOLDFAST_CHECK(again.ResumeFrom(kept).has_value() && again.state() == state);
}

}  // namespace

void FuzzRecord(const uint8_t* data, size_t size) {
  SimulatedLog shared(1);
  const auto log = shared.Connect();
  ReaderState state;
  bool all_known = true;
  for (const auto& frame : FramesIn({reinterpret_cast<const char*>(data), size})) {
    const auto bytes =
        frame.fitted == Fitted::kIntoPlace ? IntoPlace(state, frame.bytes) : frame.bytes;
    if (const auto record = DecodeRecord(bytes))
      HOLDFAST_CHECK(DecodeRecord(EncodeRecord(*record)).has_value());
    log->Append(kPartition, bytes, {});
    if (all_known) all_known = Take(state, bytes);
  }
  CheckReader(*log, state, all_known);
}

}  // namespace holdfast
