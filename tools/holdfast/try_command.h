// `holdfast try ssda903`: a return, or several, imported in memory.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

// Adds the command to `app`; when it is chosen, `run` is set to what it does.
void AddTryCommand(CLI::App& app, const GlobalOptions& options, std::function<int()>& run);

}  // namespace holdfast::cli
