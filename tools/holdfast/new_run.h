// A run of an import that begins here and now.
#pragma once

#include <string>

#include "tools/import/manifest.h"

namespace holdfast::cli {

// With an id, a time and a seed of its own; what it imports is the caller's to say.
import::Manifest NewRun(const std::string& authority, const import::ImportKey& key);

}  // namespace holdfast::cli
