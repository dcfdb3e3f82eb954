// holdfast case calendar: all that follows for a child from today.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddCaseCalendar(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
