#include "services/relay/api/stream_place.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "libs/base/ids.h"

namespace holdfast::relay {
namespace {

constexpr char kVersion = 1;

std::optional<std::string> BytesOfToken(std::string_view token, const Pseudonyms* group) {
  auto bytes = FromHex(token);
  return bytes && group != nullptr ? group->Open(*bytes) : bytes;
}

}  // namespace

std::string TokenOf(const std::vector<uint64_t>& seen, const Pseudonyms* group) {
  std::string bytes(1, kVersion);
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    for (const uint64_t number : seen) coded.WriteVarint64(number);
  }
  return Hex(group == nullptr ? bytes : group->Seal(bytes));
}

std::optional<std::vector<uint64_t>> SeenFromToken(std::string_view token, size_t parts,
                                                   const Pseudonyms* group) {
  const auto bytes = BytesOfToken(token, group);
  if (!bytes || bytes->empty() || bytes->front() != kVersion) return std::nullopt;
  google::protobuf::io::CodedInputStream coded(reinterpret_cast<const uint8_t*>(bytes->data() + 1),
                                               static_cast<int>(bytes->size() - 1));
  std::vector<uint64_t> seen(parts);
  for (uint64_t& number : seen) {
    if (!coded.ReadVarint64(&number)) return std::nullopt;
  }
  if (coded.CurrentPosition() + 1 != static_cast<int>(bytes->size())) return std::nullopt;
  return seen;
}

}  // namespace holdfast::relay
