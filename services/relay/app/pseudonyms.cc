#include "services/relay/app/pseudonyms.h"

#include "libs/crypto/seal_bytes.h"

namespace holdfast::relay {
namespace {

const AssociatedData kBound{"holdfast stream token"};

std::string BytesOf(const std::array<uint8_t, 16>& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

}  // namespace

Pseudonyms::Pseudonyms(SecretKey key)
    : key_(std::move(key)), sealing_key_(DeriveKey(key_, "holdfast stream token")) {}

SubjectId Pseudonyms::OfId(std::string_view bytes) const {
  return {HmacId(key_.bytes(), "pseudonym", {bytes})};
}

std::string Pseudonyms::OfName(std::string_view name) const {
  return Hex(BytesOf(HmacId(key_.bytes(), "name", {name})));
}

std::string Pseudonyms::OfEvent(std::string_view service, uint32_t partition,
                                uint64_t number) const {
  return Hex(BytesOf(
      HmacId(key_.bytes(), "event", {service, std::to_string(partition), std::to_string(number)})));
}

std::string Pseudonyms::Seal(std::string_view text) const {
  const SealNonce nonce = RandomSealNonce();
  return std::string(reinterpret_cast<const char*>(nonce.data()), nonce.size()) +
         SealBytes(sealing_key_, nonce, kBound, text);
}

std::optional<std::string> Pseudonyms::Open(std::string_view sealed) const {
  constexpr size_t kNonce_bytes = SealNonce{}.size();
  if (sealed.size() < kNonce_bytes) return std::nullopt;
  const auto nonce = SealNonceFromBytes(sealed.substr(0, kNonce_bytes));
  return nonce ? OpenBytes(sealing_key_, *nonce, kBound, sealed.substr(kNonce_bytes))
               : std::nullopt;
}

}  // namespace holdfast::relay
