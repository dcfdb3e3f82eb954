#include "libs/crypto/key_record.h"

#include "libs/base/check.h"
#include "libs/crypto/key_wrap.h"

namespace holdfast {
namespace {

constexpr char kFormat = 1;
constexpr char kLive = 'L';
constexpr char kDestroyed = 'D';

std::string BigEndian(uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
  return bytes;
}

uint32_t FromBigEndian(std::string_view bytes) {
  uint32_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

// The first `count` bytes, taken off `bytes`; nothing when there are fewer.
std::optional<std::string_view> Take(std::string_view& bytes, size_t count) {
  if (bytes.size() < count) return std::nullopt;
  const auto taken = bytes.substr(0, count);
  bytes.remove_prefix(count);
  return taken;
}

std::optional<AuthorityCode> TakeAuthority(std::string_view& bytes) {
  const auto length = Take(bytes, 1);
  if (!length) return std::nullopt;
  const auto text = Take(bytes, static_cast<uint8_t>(length->front()));
  return text ? AuthorityCode::FromText(*text) : std::nullopt;
}

}  // namespace

std::string Encode(const KeyRecord& record) {
  HOLDFAST_CHECK(record.wrapped.size() == (record.IsDestroyed() ? 0 : kWrappedKeyBytes));
  std::string bytes{kFormat, record.IsDestroyed() ? kDestroyed : kLive};
  if (!record.IsDestroyed()) bytes += BigEndian(record.version);
  bytes.push_back(static_cast<char>(record.authority.text().size()));
  return bytes + record.authority.text() + record.wrapped;
}

std::optional<KeyRecord> DecodeKeyRecord(std::string_view bytes) {
  const auto head = Take(bytes, 2);
  if (!head || head->front() != kFormat) return std::nullopt;
  const char state = head->back();
  if (state != kLive && state != kDestroyed) return std::nullopt;
  uint32_t version = 0;
  if (state == kLive) {
    const auto number = Take(bytes, 4);
    if (!number) return std::nullopt;
    version = FromBigEndian(*number);
    if (version == 0) return std::nullopt;
  }
  auto authority = TakeAuthority(bytes);
  if (!authority || bytes.size() != (state == kLive ? kWrappedKeyBytes : 0)) return std::nullopt;
  return KeyRecord{std::move(*authority), version, std::string(bytes)};
}

KeyRecord WrapDataKey(const SecretKey& wrapping, const AuthorityKeyName& name, const KeyId& id,
                      const SecretKey& key) {
  const std::string authority = name.authority.text();
  const std::string id_bytes = id.Bytes();
  const std::string version = BigEndian(name.version);
  return {name.authority, name.version,
          WrapKey(wrapping, {"holdfast data key", {id_bytes, authority, version}}, key)};
}

std::optional<SecretKey> UnwrapDataKey(const SecretKey& wrapping, const KeyId& id,
                                       const KeyRecord& record) {
  const std::string id_bytes = id.Bytes();
  const std::string version = BigEndian(record.version);
  return UnwrapKey(wrapping, {"holdfast data key", {id_bytes, record.authority.text(), version}},
                   record.wrapped);
}

}  // namespace holdfast
