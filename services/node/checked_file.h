// Small text files whose last line is the SHA-256 of all before it: one that was damaged or cut is
// found out.
//
//   checked_file := text "sha256 " 64 hex digits "\n"
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libs/base/status.h"

namespace holdfast {

// The text. FILE_DAMAGED (kDataLoss) when it is not as it was written, or not there.
Result<std::string> ReadCheckedFile(const std::filesystem::path& path);

// Replaces the file as a whole, durably. `text` ends with a line feed.
Result<void> WriteCheckedFile(const std::filesystem::path& path, std::string_view text);

}  // namespace holdfast
