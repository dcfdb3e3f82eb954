// What can befall a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "libs/testing/random.h"

namespace holdfast {

// "removed", "truncated at N" or "flipped at N".
struct Damage {
  std::string name;
  std::function<void(const std::filesystem::path&)> apply;
};

// Removed; truncated at three places; 16 bytes flipped, spread over the file, or with `full` one
// every 4 KiB if that is more.
std::vector<Damage> DamagesOf(const std::filesystem::path& path, bool full, Random& random);

// Makes `folder` a copy of `pristine`.
void ReplaceFolder(const std::filesystem::path& folder, const std::filesystem::path& pristine);

}  // namespace holdfast
