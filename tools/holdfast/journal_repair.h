// `holdfast journal repair`.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddJournalRepair(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
