#include "services/alerting/api/stream_token.h"

#include "libs/base/ids.h"

namespace holdfast::alerting {
namespace {

constexpr char kVersion = 1;
constexpr int kMostShift = 63;

}  // namespace

std::string TokenOf(const std::vector<uint64_t>& seen) {
  std::string bytes(1, kVersion);
  for (uint64_t number : seen) {
    for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>(number | 0x80));
    bytes.push_back(static_cast<char>(number));
  }
  return Hex(bytes);
}

std::optional<std::vector<uint64_t>> SeenFromToken(std::string_view token, size_t partitions) {
  const auto bytes = FromHex(token);
  if (!bytes || bytes->empty() || bytes->front() != kVersion) return std::nullopt;
  std::vector<uint64_t> seen;
  uint64_t number = 0;
  int shift = 0;
  for (size_t i = 1; i < bytes->size(); ++i) {
    const auto byte = static_cast<uint8_t>((*bytes)[i]);
    if (shift > kMostShift) return std::nullopt;
    number |= static_cast<uint64_t>(byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    seen.push_back(number);
    number = 0;
    shift = 0;
  }
  if (shift != 0 || seen.size() != partitions) return std::nullopt;
  return seen;
}

}  // namespace holdfast::alerting
