// `holdfast meeting`: meetings of several children, and what they mean for each of them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddMeetingCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

// show and list.
void AddMeetingReads(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
