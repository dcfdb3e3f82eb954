// holdfast case record: a team states a fact.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseRecordCommand(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
