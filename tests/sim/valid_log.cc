#include "tests/sim/valid_log.h"

namespace holdfast {

std::vector<ValidBatch> ValidBatches(const std::vector<LogRecord>& log) {
  std::vector<ValidBatch> batches;
  uint64_t epoch = 0, seq = 0, events = 0;
  std::string nonce;
  Chain chain{};
  for (const LogRecord& logged : log) {
    journal::v1::Record record;
    if (!record.ParseFromString(logged.bytes.substr(1))) continue;
    if (record.kind() == journal::v1::RECORD_KIND_CLAIM) {
      if (record.epoch() <= epoch || record.epoch() > epoch + 1024) continue;
      epoch = record.epoch();
      nonce = record.nonce();
      seq = 0;
      chain = ExtendChain(chain, logged.bytes);
    } else if (record.epoch() == epoch && record.nonce() == nonce && record.seq() == seq + 1 &&
               record.prev() == AsBytes(chain)) {
      ++seq;
      chain = ExtendChain(chain, logged.bytes);
      batches.push_back(
          {.record = record, .offset = logged.offset, .events_before = events, .chain = chain});
      events += static_cast<uint64_t>(record.events_size());
    }
  }
  return batches;
}

}  // namespace holdfast
