// Records: what stands in the log, and the running hash over them.
//
//   record bytes = version(1 byte: 1) protobuf(holdfast.journal.v1.Record)
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "holdfast/journal/v1/journal.pb.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"

namespace holdfast {

using Chain = std::array<uint8_t, 32>;
using Nonce = Id<struct NonceTag>;

inline constexpr char kRecordVersion = 1;

std::string EncodeRecord(const journal::v1::Record& record);

// What `bytes` say. kFailedPrecondition with UNKNOWN_RECORD_VERSION: another version wrote it, and
// a reader must stop. kInvalidArgument: no record at all, which a reader passes over as void.
Result<journal::v1::Record> DecodeRecord(std::string_view bytes);
// The same into `record`, whose memory is used again; empty when it fails.
Result<void> DecodeRecord(std::string_view bytes, journal::v1::Record& record);

// The chain after a valid record: SHA-256(chain, bytes).
Chain ExtendChain(const Chain& chain, std::string_view bytes);

inline std::string_view AsBytes(const Chain& chain) {
  return {reinterpret_cast<const char*>(chain.data()), chain.size()};
}
// Zero when `bytes` are not 32.
Chain ChainFromBytes(std::string_view bytes);

}  // namespace holdfast
