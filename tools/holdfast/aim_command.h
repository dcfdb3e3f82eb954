// holdfast aim list: the children in scope of an aim.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddAimCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
