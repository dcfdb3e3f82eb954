#include "libs/base/uuid.h"

#include <openssl/evp.h>

#include <algorithm>

#include "libs/base/check.h"
#include "libs/base/ids.h"

namespace holdfast {
namespace {

void Stamp(UuidBytes& uuid, int version) {
  uuid[6] = static_cast<uint8_t>((uuid[6] & 0x0f) | version << 4);
  uuid[8] = static_cast<uint8_t>((uuid[8] & 0x3f) | 0x80);
}

constexpr bool IsDashPlace(size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

UuidBytes UuidV7(Instant now, const std::array<uint8_t, 10>& random) {
  const int64_t ms = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
  HOLDFAST_CHECK(ms >= 0 && ms < int64_t{1} << 48);
  UuidBytes uuid{};
  for (int i = 0; i < 6; ++i) uuid[i] = static_cast<uint8_t>(ms >> (40 - 8 * i));
  std::copy(random.begin(), random.end(), uuid.begin() + 6);
  Stamp(uuid, 7);
  return uuid;
}

UuidBytes UuidV5(const UuidBytes& space, std::string_view name) {
  std::string bytes(space.begin(), space.end());
  bytes.append(name);
  std::array<uint8_t, EVP_MAX_MD_SIZE> sum{};
  HOLDFAST_CHECK(EVP_Digest(bytes.data(), bytes.size(), sum.data(), nullptr, EVP_sha1(), nullptr) ==
                 1);
  UuidBytes uuid{};
  std::copy_n(sum.begin(), uuid.size(), uuid.begin());
  Stamp(uuid, 5);
  return uuid;
}

std::optional<int> UuidVersion(const UuidBytes& uuid) {
  if ((uuid[8] & 0xc0) != 0x80) return std::nullopt;
  return uuid[6] >> 4;
}

std::optional<Instant> UuidTime(const UuidBytes& uuid) {
  if (UuidVersion(uuid) != 7) return std::nullopt;
  int64_t ms = 0;
  for (int i = 0; i < 6; ++i) ms = ms << 8 | uuid[i];
  return Instant(std::chrono::milliseconds(ms));
}

std::string UuidText(const UuidBytes& uuid) {
  std::string text = Hex({reinterpret_cast<const char*>(uuid.data()), uuid.size()});
  for (const size_t place : {8, 13, 18, 23}) text.insert(place, "-");
  return text;
}

std::optional<UuidBytes> UuidFromText(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsDashPlace(i) != (text[i] == '-')) return std::nullopt;
    if (!IsDashPlace(i)) digits.push_back(text[i]);
  }
  const auto bytes = FromHex(digits);
  if (!bytes) return std::nullopt;
  UuidBytes uuid{};
  std::copy(bytes->begin(), bytes->end(), uuid.begin());
  return uuid;
}

}  // namespace holdfast
