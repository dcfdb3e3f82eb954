// `holdfast import list | show | withdraw`.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddImportRunCommands(CLI::App& import, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
