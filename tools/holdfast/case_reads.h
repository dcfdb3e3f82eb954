// `holdfast case show | list`, and `holdfast audit`.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseReadCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);
void AddAuditCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
