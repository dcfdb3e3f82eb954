#include "tests/prove/damage.h"

#include <algorithm>
#include <fstream>

namespace holdfast {
namespace {

namespace fs = std::filesystem;

void FlipByte(const fs::path& path, uint64_t offset) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  const char byte = static_cast<char>(file.get() ^ 0x41);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
}

}  // namespace

std::vector<Damage> DamagesOf(const fs::path& path, bool full, Random& random) {
  const uint64_t size = fs::file_size(path);
  std::vector<Damage> damages{{"removed", [](const fs::path& file) { fs::remove(file); }}};
  if (size == 0) return damages;
  for (const uint64_t length : {uint64_t{0}, size / 2, size - 1}) {
    damages.push_back({"truncated at " + std::to_string(length),
                       [length](const fs::path& file) { fs::resize_file(file, length); }});
  }
  const uint64_t flips = full ? std::max<uint64_t>(16, size / 4096) : 16;
  for (uint64_t i = 0; i < flips; ++i) {
    const uint64_t offset = (size * i + random.Below(size)) / flips;
    damages.push_back({"flipped at " + std::to_string(offset),
                       [offset](const fs::path& file) { FlipByte(file, offset); }});
  }
  return damages;
}

void ReplaceFolder(const fs::path& folder, const fs::path& pristine) {
  fs::remove_all(folder);
  fs::copy(pristine, folder, fs::copy_options::recursive);
}

}  // namespace holdfast
