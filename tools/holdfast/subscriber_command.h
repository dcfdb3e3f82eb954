// `holdfast subscriber`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddSubscriberCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
