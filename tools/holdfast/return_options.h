// The options by which a return's folder is read, shared by `try` and `import`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "libs/ssda903/return.h"

namespace holdfast::cli {

struct ReturnOptions {
  std::vector<std::string> tables;   // T=FILE
  std::vector<std::string> ignored;  // patterns
  bool whole = false;
  bool year_is_right = false;
};

void AddReturnOptions(CLI::App& command, ReturnOptions& options);

// A return's year ends on 31 March.
Result<void> CheckYearEnd(CivilDate year_end);

Result<ssda903::Return> ReadReturnFolder(const std::string& folder, CivilDate year_end, bool repair,
                                         const ReturnOptions& options);

}  // namespace holdfast::cli
