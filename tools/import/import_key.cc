#include "tools/import/import_key.h"

#include <sodium.h>

#include <algorithm>

#include "libs/crypto/private_file.h"

namespace holdfast::import {
namespace {

Result<std::string> ReadOrMake(const std::string& path) {
  auto kept = ReadPrivateFile(path);
  if (kept || kept.error().reason != "FILE_MISSING") return kept;
  std::string made(sizeof(ImportKey), '\0');
  randombytes_buf(made.data(), made.size());
  const auto created = CreatePrivateFile(path, made, FileMode::kReadOnly);
  // Of two imports that begin at once, one makes it.
  if (!created && created.error().reason != "FILE_EXISTS") return tl::unexpected(created.error());
  return ReadPrivateFile(path);
}

}  // namespace

Result<ImportKey> ReadOrMakeImportKey(const std::string& keys) {
  const std::string path = keys + "/import.key";
  const auto bytes = ReadOrMake(path);
  if (!bytes) return tl::unexpected(bytes.error());
  ImportKey key{};
  if (bytes->size() != key.size()) {
    return Fail(StatusCode::kDataLoss, "IMPORT_KEY_DAMAGED",
                path + " does not have 32 bytes; restore it from a copy", {.file = path});
  }
  std::ranges::copy(*bytes, key.begin());
  return key;
}

}  // namespace holdfast::import
