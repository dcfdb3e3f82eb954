#include "libs/journal/reader_state.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {
namespace {

using journal::v1::Record;

bool IsValidClaim(const ReaderState& state, const Record& record, const RuleChecks& checks) {
  if (record.nonce().size() != sizeof(Nonce::bytes) || record.epoch() == 0) return false;
  if (!checks.epoch) return true;
  return record.epoch() > state.epoch && record.epoch() - state.epoch <= kLargestEpochStep;
}

bool IsValidBatch(const ReaderState& state, const Record& record, const RuleChecks& checks) {
  if (state.epoch == 0) return false;
  if (checks.epoch && record.epoch() != state.epoch) return false;
  if (checks.epoch && Nonce::FromBytes(record.nonce()) != state.nonce) return false;
  if (checks.seq && record.seq() != state.seq + 1) return false;
  return !checks.prev || record.prev() == AsBytes(state.chain);
}

void MoveOn(ReaderState& state, uint64_t offset, std::string_view bytes) {
  state.chain_before_last = state.chain;
  state.chain = ExtendChain(state.chain, bytes);
  state.last_valid_offset = offset;
  ++state.valid_records;
}

Verdict Judge(ReaderState& state, uint64_t offset, std::string_view bytes, const Record& record,
              const RuleChecks& checks) {
  if (record.kind() == journal::v1::RECORD_KIND_CLAIM && IsValidClaim(state, record, checks)) {
    MoveOn(state, offset, bytes);
    state.epoch = record.epoch();
    state.nonce = *Nonce::FromBytes(record.nonce());
    state.seq = 0;
    return Verdict::kClaim;
  }
  if (record.kind() == journal::v1::RECORD_KIND_BATCH && IsValidBatch(state, record, checks)) {
    MoveOn(state, offset, bytes);
    state.seq = record.seq();
    state.events += static_cast<uint64_t>(record.events_size());
    state.last_recorded_at = std::max(state.last_recorded_at, record.recorded_at());
    return Verdict::kBatch;
  }
  ++state.void_records;
  return Verdict::kVoid;
}

}  // namespace

Result<void> Apply(ReaderState& state, uint64_t offset, std::string_view bytes,
                   JudgedRecord& judged, const RuleChecks& checks) {
  HOLDFAST_CHECK(offset >= state.next_offset);
  const auto decoded = DecodeRecord(bytes, judged.record);
  if (!decoded && decoded.error().code != StatusCode::kInvalidArgument) return decoded;
  judged.verdict = Judge(state, offset, bytes, judged.record, checks);
  state.next_offset = offset + 1;
  return {};
}

Result<JudgedRecord> Apply(ReaderState& state, uint64_t offset, std::string_view bytes,
                           const RuleChecks& checks) {
  JudgedRecord judged;
  if (auto applied = Apply(state, offset, bytes, judged, checks); !applied) {
    return tl::unexpected(applied.error());
  }
  return judged;
}

journal::v1::Record BatchAfter(const ReaderState& state) {
  journal::v1::Record batch;
  batch.set_kind(journal::v1::RECORD_KIND_BATCH);
  batch.set_epoch(state.epoch);
  batch.set_nonce(state.nonce.Bytes());
  batch.set_seq(state.seq + 1);
  batch.set_prev(std::string(AsBytes(state.chain)));
  return batch;
}

}  // namespace holdfast
