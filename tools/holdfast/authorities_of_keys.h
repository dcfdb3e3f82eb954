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

// The names of the subscriber groups that have a certificate there, sorted.
inline Result<std::vector<std::string>> SubscribersOfKeys(const KeysPaths& paths) {
  const auto keys = KeysFolder::Open(paths);
  if (!keys) return tl::unexpected(keys.error());
  std::vector<std::string> names;
  constexpr std::string_view kBefore = "subscriber@";
  std::error_code none_yet;
  for (const auto& entry : std::filesystem::directory_iterator(paths.keys / "id", none_yet)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kBefore)) names.push_back(name.substr(kBefore.size()));
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace holdfast::cli
