// holdfast alerts stream: what becomes of an authority's alerts, as it happens.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/holdfast/options.h"

namespace holdfast::cli {

void AddAlertsStream(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
