// The reader rule: which records of a partition count. A pure function of the prefix read, the same
// for owner, standby, projection, relay and auditor. Fencing happens here, in the order of the log
// itself, and nowhere else.
#pragma once

#include <optional>

#include "libs/journal/record.h"

namespace holdfast {

// Where a reader of one partition stands, and what the next record is judged by. A value.
struct ReaderState {
  uint64_t next_offset = 0;
  uint64_t epoch = 0;  // 0: no claim yet
  Nonce nonce{};
  uint64_t seq = 0;
  Chain chain{};
  Chain chain_before_last{};
  uint64_t last_valid_offset = 0;  // meaningless while valid_records is 0
  uint64_t valid_records = 0;
  uint64_t events = 0;
  uint64_t void_records = 0;
  int64_t last_recorded_at = 0;  // microseconds since 1970 UTC

  bool operator==(const ReaderState&) const = default;
};

enum class Verdict { kClaim, kBatch, kVoid };

// A record as it was judged. `record` is empty where the bytes are no record.
struct JudgedRecord {
  Verdict verdict = Verdict::kVoid;
  journal::v1::Record record;
};

// Parts of the rule that the simulator leaves out, to prove that it would notice. Production checks
// all.
struct RuleChecks {
  bool epoch = true;
  bool seq = true;
  bool prev = true;
};

inline constexpr uint64_t kLargestEpochStep = 1024;

// Moves `state` past the record at `offset` and says what it was:
//   claim (e, n)            valid when cur.epoch < e <= cur.epoch + 1024
//   batch (e, n, q, prev)   valid when (e, n) = (cur.epoch, cur.nonce) and q = cur.seq + 1 and prev
//   = cur.chain anything else           void: counted, and skipped by everybody
// Fails, with `state` as it was, when the record's format version is unknown.
Result<JudgedRecord> Apply(ReaderState& state, uint64_t offset, std::string_view bytes,
                           const RuleChecks& checks = {});
// The same into `judged`, whose memory is used again.
Result<void> Apply(ReaderState& state, uint64_t offset, std::string_view bytes,
                   JudgedRecord& judged, const RuleChecks& checks = {});

// What whoever claimed last begins the batch after `state` with: valid where it is appended next.
journal::v1::Record BatchAfter(const ReaderState& state);

}  // namespace holdfast
