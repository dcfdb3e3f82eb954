// The key that the command ids of imports are made with. A local id is soon guessed: were its
// command's id made from the data folder alone, the journal would tell for each guess whether the
// child is there.
//
//   KEYS/import.key   32 random bytes, made by the first import
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "libs/base/status.h"

namespace holdfast::import {

using ImportKey = std::array<uint8_t, 32>;

// Reads it; makes it where there is none. IMPORT_KEY_DAMAGED when it has another length.
Result<ImportKey> ReadOrMakeImportKey(const std::string& keys);

}  // namespace holdfast::import
