#include "libs/journal/record.h"

#include <sodium.h>

#include <cstring>

#include "libs/base/check.h"

namespace holdfast {

std::string EncodeRecord(const journal::v1::Record& record) {
  std::string bytes(1, kRecordVersion);
  HOLDFAST_CHECK(record.AppendToString(&bytes));
  return bytes;
}

Result<journal::v1::Record> DecodeRecord(std::string_view bytes) {
  if (bytes.empty()) return Fail(StatusCode::kInvalidArgument, "NO_RECORD", "an empty record");
  if (bytes.front() != kRecordVersion) {
    return Fail(StatusCode::kFailedPrecondition, "UNKNOWN_RECORD_VERSION",
                "a record of format version " +
                    std::to_string(static_cast<uint8_t>(bytes.front())) +
                    ", which this program does not know");
  }
  journal::v1::Record record;
  if (!record.ParseFromArray(bytes.data() + 1, static_cast<int>(bytes.size() - 1))) {
    return Fail(StatusCode::kInvalidArgument, "NO_RECORD", "a record that cannot be parsed");
  }
  return record;
}

Chain ExtendChain(const Chain& chain, std::string_view bytes) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, chain.data(), chain.size());
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
  Chain next;
  crypto_hash_sha256_final(&state, next.data());
  return next;
}

Chain ChainFromBytes(std::string_view bytes) {
  Chain chain{};
  if (bytes.size() == chain.size()) std::memcpy(chain.data(), bytes.data(), chain.size());
  return chain;
}

}  // namespace holdfast
