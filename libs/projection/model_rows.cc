#include "libs/projection/model_rows.h"

#include <utility>

namespace holdfast {
namespace {

constexpr char kFormat = 1;
constexpr char kVersionRow[] = "v";
constexpr size_t kVersionBytes = 8;

}  // namespace

ModelRows::ModelRows(OpenPart open, uint32_t first, uint32_t parts)
    : open_(std::move(open)), first_(first), parts_(parts) {}

Result<uint64_t> ModelRows::Serving() const {
  const auto row = open_(first_ + 2 * parts_)->Get(kVersionRow);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return 1;
  const std::string& bytes = **row;
  if (bytes.size() != 1 + kVersionBytes || bytes.front() != kFormat)
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "the version of a read model");
  uint64_t version = 0;
  for (size_t i = 1; i < bytes.size(); ++i) version = version << 8 | static_cast<uint8_t>(bytes[i]);
  return version;
}

Result<void> ModelRows::Serve(uint64_t version) const {
  std::string bytes(1, kFormat);
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(version >> shift));
  return open_(first_ + 2 * parts_)->Write({{kVersionRow, std::move(bytes)}});
}

std::unique_ptr<StateStore> ModelRows::Open(uint64_t version, uint32_t part) const {
  return open_(NumberOf(version, part));
}

uint32_t ModelRows::NumberOf(uint64_t version, uint32_t part) const {
  return first_ + (version % 2 == 1 ? 0 : parts_) + part;
}

Result<void> ModelRows::Wipe(uint64_t version) const {
  for (uint32_t part = 0; part < parts_; ++part) {
    if (auto wiped = Open(version, part)->Wipe(); !wiped) return wiped;
  }
  return {};
}

}  // namespace holdfast
