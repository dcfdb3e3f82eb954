// holdfast completion: what a shell needs to complete words of the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

// Must be the last to be added: it completes what `app` has.
void AddCompletionCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
