#include "libs/base/ids.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <memory>

#include "libs/base/check.h"

namespace holdfast {
namespace {

int Nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::array<uint8_t, 16> FirstHalf(const std::array<uint8_t, 32>& sum) {
  std::array<uint8_t, 16> half{};
  std::copy_n(sum.begin(), half.size(), half.begin());
  return half;
}

}  // namespace

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::optional<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = Nibble(text[i]);
    const int low = Nibble(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

std::string IdMaterial(std::string_view label, std::initializer_list<std::string_view> parts) {
  std::string material(label);
  material.push_back('\0');
  for (const auto part : parts) {
    const auto size = static_cast<uint32_t>(part.size());
    for (int shift = 24; shift >= 0; shift -= 8)
      material.push_back(static_cast<char>(size >> shift));
    material.append(part);
  }
  return material;
}

// OpenSSL's, which uses the processor's own instructions.
std::array<uint8_t, 32> Sha256(std::string_view bytes) {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::array<uint8_t, 32> sum{};
  HOLDFAST_CHECK(EVP_DigestInit_ex2(context.get(), sha256.get(), nullptr) == 1 &&
                 EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                 EVP_DigestFinal_ex(context.get(), sum.data(), nullptr) == 1);
  return sum;
}

std::array<uint8_t, 16> HashId(std::string_view label,
                               std::initializer_list<std::string_view> parts) {
  return FirstHalf(Sha256(IdMaterial(label, parts)));
}

std::array<uint8_t, 16> HmacId(const std::array<uint8_t, 32>& identity_key, std::string_view label,
                               std::initializer_list<std::string_view> parts) {
  const std::string material = IdMaterial(label, parts);
  std::array<uint8_t, 32> sum{};
  crypto_auth_hmacsha256(sum.data(), reinterpret_cast<const unsigned char*>(material.data()),
                         material.size(), identity_key.data());
  return FirstHalf(sum);
}

uint32_t PartitionOf(const SubjectId& subject, uint32_t count) {
  uint64_t hash = 14695981039346656037ULL;
  for (const uint8_t byte : subject.bytes) {
    hash ^= byte;
    hash *= 1099511628211ULL;
  }
  return static_cast<uint32_t>(hash % count);
}

}  // namespace holdfast
