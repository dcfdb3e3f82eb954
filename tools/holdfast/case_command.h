// `holdfast case`: register, assign, record, correct, withdraw, show, list.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
