// `holdfast case load`: a team's record from a CSV, a child or a fact a row.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseLoadCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
