// The authorities that have keys in a keys folder.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "libs/crypto/keys_folder.h"

namespace holdfast::cli {

// Their codes, sorted. Failures of KeysFolder::Open.
inline Result<std::vector<std::string>> AuthoritiesOfKeys(const KeysPaths& paths) {
  if (const auto keys = KeysFolder::Open(paths); !keys) return tl::unexpected(keys.error());
  std::vector<std::string> codes;
  std::error_code none_yet;
  for (const auto& entry :
       std::filesystem::directory_iterator(paths.keys / "authority", none_yet)) {
    codes.push_back(entry.path().filename().string());
  }
  std::ranges::sort(codes);
  return codes;
}

}  // namespace holdfast::cli
