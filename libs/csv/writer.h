// Writes comma-separated values that a spreadsheet can open safely.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::csv {

// One line, ended by CRLF (RFC 4180): cells quoted where they must be. A cell that a spreadsheet
// would take for a formula (it begins with = + - @, a tab or a carriage return) and is not a plain
// number gets a leading apostrophe.
std::string Line(const std::vector<std::string>& cells);

// The same without the guard against formulas: for rows that must come back exactly as they were.
std::string ExactLine(const std::vector<std::string>& cells);

}  // namespace holdfast::csv
