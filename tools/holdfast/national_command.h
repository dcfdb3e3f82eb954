// holdfast national: the figures of an authority and year.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddNationalCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
