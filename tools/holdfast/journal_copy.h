// holdfast journal copy: a whole deployment, from one log to another.
#pragma once

#include "tools/holdfast/command.h"

namespace holdfast::cli {

void AddJournalCopy(CLI::App& group, const GlobalOptions& global, std::function<int()>& run);

}  // namespace holdfast::cli
