// What was not matched, and how a person matches it.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

// unmatched, match and rematch, under `feed`.
void AddFeedMatchCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
