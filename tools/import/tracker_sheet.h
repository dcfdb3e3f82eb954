// An authority's tracker sheet, read by its map: one row a child, each mapped cell a day of a fact.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/csv/reader.h"
#include "tools/import/tracker_map.h"

namespace holdfast::import {

// Why a row or a cell cannot be taken. It says nothing of what stands there.
struct SheetRefusal {
  std::string column;  // blank: the row as a whole
  std::string rule;
  std::string message;
};

struct SheetCell {
  std::string column;
  cases::v1::FactKind kind;
  std::string code;
  CivilDate on;
};

struct SheetRow {
  size_t line = 0;
  std::string local_id;
  std::optional<CivilDate> born;
  std::string name;
  std::string worker;
  std::vector<SheetCell> cells;         // that can be read; a blank cell states nothing
  std::vector<SheetRefusal> refusals;   // of the other cells, or of the row
  bool is_refused = false;              // as a whole
  std::optional<size_t> repeats;        // index of an earlier row that is the same to the letter
  std::vector<std::string> text;        // the row as it was
};

struct TrackerSheet {
  std::vector<std::string> heading;
  std::vector<SheetRow> rows;
};

// `is_workbook`: from an XLSX file, whose real dates come as yyyy-mm-dd beside those typed as text.
// UNMAPPED_COLUMN: columns that are neither mapped nor ignored; COLUMN_MISSING: mapped ones that
// the sheet lacks; COLUMN_TWICE. All of them are named, and nothing is read. A row is refused, by
// the rules cells, no_local_id, date (its day of birth) and differing_rows (of one local id); a
// cell by date and no_such_code (a text that the map does not have). A row without any text is
// none.
Result<TrackerSheet> ReadTrackerSheet(const std::string& file_name, csv::File file,
                                      const TrackerMap& map, bool is_workbook);

}  // namespace holdfast::import
