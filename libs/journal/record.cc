#include "libs/journal/record.h"

#include <openssl/evp.h>

#include <cstring>
#include <memory>

#include "libs/base/check.h"

namespace holdfast {

std::string EncodeRecord(const journal::v1::Record& record) {
  std::string bytes(1, kRecordVersion);
  HOLDFAST_CHECK(record.AppendToString(&bytes));
  return bytes;
}

Result<void> DecodeRecord(std::string_view bytes, journal::v1::Record& record) {
  record.Clear();
  if (bytes.empty()) return Fail(StatusCode::kInvalidArgument, "NO_RECORD", "an empty record");
  if (bytes.front() != kRecordVersion) {
    return Fail(StatusCode::kFailedPrecondition, "UNKNOWN_RECORD_VERSION",
                "a record of format version " +
                    std::to_string(static_cast<uint8_t>(bytes.front())) +
                    ", which this program does not know");
  }
  if (!record.ParseFromArray(bytes.data() + 1, static_cast<int>(bytes.size() - 1))) {
    record.Clear();
    return Fail(StatusCode::kInvalidArgument, "NO_RECORD", "a record that cannot be parsed");
  }
  return {};
}

Result<journal::v1::Record> DecodeRecord(std::string_view bytes) {
  journal::v1::Record record;
  if (auto decoded = DecodeRecord(bytes, record); !decoded) return tl::unexpected(decoded.error());
  return record;
}

Chain ExtendChain(const Chain& chain, std::string_view bytes) {
  // OpenSSL uses the processor's SHA instructions, and to set up a context anew costs more than a
  // small record.
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Chain next;
  HOLDFAST_CHECK(EVP_DigestInit_ex2(context.get(), sha256.get(), nullptr) == 1 &&
                 EVP_DigestUpdate(context.get(), chain.data(), chain.size()) == 1 &&
                 EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                 EVP_DigestFinal_ex(context.get(), next.data(), nullptr) == 1);
  return next;
}

Chain ChainFromBytes(std::string_view bytes) {
  Chain chain{};
  if (bytes.size() == chain.size()) std::memcpy(chain.data(), bytes.data(), chain.size());
  return chain;
}

}  // namespace holdfast
