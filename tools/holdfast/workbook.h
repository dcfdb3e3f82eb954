// Spreadsheets: XLSX is read by Debian's xlsx2csv, a program of its own.
#pragma once

#include <string>

#include "libs/base/status.h"

namespace holdfast::cli {

// True of the bytes of an XLSX file (a zip).
bool IsWorkbook(const std::string& bytes);

// One sheet of the workbook at `path` as CSV, dates as yyyy-mm-dd. `sheet`: its name; blank: the
// first. PROGRAM_MISSING, naming the package; CANNOT_READ.
Result<std::string> ReadWorkbook(const std::string& path, const std::string& sheet);

}  // namespace holdfast::cli
