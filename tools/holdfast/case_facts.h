// `holdfast case register | record | correct | withdraw`.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddCaseFactCommands(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
