#include "tools/holdfast/new_run.h"

#include <sodium.h>

#include "libs/base/uuid.h"

namespace holdfast::cli {
namespace {

template <size_t kSize>
std::array<uint8_t, kSize> RandomBytes() {
  std::array<uint8_t, kSize> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

import::Manifest NewRun(const std::string& authority, const import::ImportKey& key) {
  import::Manifest manifest;
  manifest.started_at = SystemClock().Now();
  manifest.run = {UuidV7(manifest.started_at, RandomBytes<10>())};
  manifest.authority = authority;
  const auto seed = RandomBytes<32>();
  manifest.seed = Hex({reinterpret_cast<const char*>(seed.data()), seed.size()});
  manifest.key = key;
  return manifest;
}

}  // namespace holdfast::cli
