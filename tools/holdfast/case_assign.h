// `holdfast case assign`: teams and workers from a CSV.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseAssignCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
