// Comma-separated values as authorities write them: RFC 4180 with either line end, a byte order
// mark, quoted cells, and bytes that are not UTF-8 read as Windows-1252's Latin part. Reading is
// libcsv's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/status.h"

namespace holdfast::csv {

// One row. Cells are trimmed of white space and are valid UTF-8.
struct Row {
  size_t line = 0;  // of the file, from 1, where the row begins
  std::vector<std::string> cells;
};

// A file: its first row, and the others in order. Empty lines are no rows.
struct File {
  std::vector<std::string> heading;
  std::vector<Row> rows;
};

// Reads a whole file. Fails with BAD_CSV, and the line, on a quote that is never closed. An empty
// file has no heading.
Result<File> Read(std::string_view bytes);

// `text` without white space at either end.
std::string Trim(std::string_view text);

}  // namespace holdfast::csv
