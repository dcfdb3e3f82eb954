#include "services/node/checked_file.h"

#include "libs/base/ids.h"
#include "libs/crypto/private_file.h"

namespace holdfast {
namespace {

std::string LastLine(std::string_view text) {
  const auto sum = Sha256(text);
  return "sha256 " + Hex({reinterpret_cast<const char*>(sum.data()), sum.size()}) + "\n";
}

}  // namespace

Result<std::string> ReadCheckedFile(const std::filesystem::path& path) {
  auto bytes = ReadPrivateFile(path);
  if (!bytes && bytes.error().reason != "FILE_MISSING") return bytes;
  const size_t length = LastLine("").size();
  if (bytes && bytes->size() > length) {
    std::string text = bytes->substr(0, bytes->size() - length);
    if (*bytes == text + LastLine(text)) return text;
  }
  return Fail(StatusCode::kDataLoss, "FILE_DAMAGED",
              path.string() + (bytes ? " is damaged" : " is missing") +
                  "; restore it from a copy of the data folder");
}

Result<void> WriteCheckedFile(const std::filesystem::path& path, std::string_view text) {
  return ReplacePrivateFile(path, std::string(text) + LastLine(text), FileMode::kReadWrite);
}

}  // namespace holdfast
