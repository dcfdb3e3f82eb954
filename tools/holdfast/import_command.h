// `holdfast import`: returns into the running service, and the runs that brought them.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddImportCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
