#include <string>

#include "libs/base/check.h"
#include "libs/csv/reader.h"
#include "libs/csv/writer.h"
#include "tests/fuzz/fuzz_targets.h"

namespace holdfast {

void FuzzCsv(const uint8_t* data, size_t size) {
  const auto file = csv::Read({reinterpret_cast<const char*>(data), size});
  if (!file) {
    HOLDFAST_CHECK(file.error().reason == "BAD_CSV");
    return;
  }
  std::string written;
  size_t line = 0;
  for (const auto& row : file->rows) {
    HOLDFAST_CHECK(row.line >= line && !row.cells.empty());
    line = row.line;
    // A row of one empty cell is an empty line, which is no row.
    if (row.cells.size() > 1) written += csv::ExactLine(row.cells);
  }
  const auto again = csv::Read("A,B\r\n" + written);
  HOLDFAST_CHECK(again.has_value());
  size_t i = 0;
  for (const auto& row : file->rows) {
    if (row.cells.size() > 1) HOLDFAST_CHECK(again->rows.at(i++).cells == row.cells);
  }
  HOLDFAST_CHECK(i == again->rows.size());
}

}  // namespace holdfast
