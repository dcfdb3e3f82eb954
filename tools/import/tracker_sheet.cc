#include "tools/import/tracker_sheet.h"

#include <algorithm>
#include <map>
#include <set>

#include "libs/ssda903/table.h"

namespace holdfast::import {
namespace {

bool IsBlank(const std::vector<std::string>& cells) {
  return std::ranges::all_of(cells, [](const std::string& cell) { return cell.empty(); });
}

// The columns that a rejects file begins with are not the sheet's.
void DropRejectColumns(csv::File& file) {
  const auto& columns = ssda903::RejectColumns();
  const auto is_reject = [&](size_t i) { return ColumnKey(file.heading[i]) == columns[i]; };
  if (file.heading.size() < columns.size()) return;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!is_reject(i)) return;
  }
  const auto drop = [&](std::vector<std::string>& cells) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(cells.size(), columns.size()));
    cells.erase(cells.begin(), cells.begin() + count);
  };
  drop(file.heading);
  for (auto& row : file.rows) drop(row.cells);
}

std::string Listed(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

// Where each column of the map stands in the sheet.
class Columns {
 public:
  Columns(const csv::File& file, const TrackerMap& map) : file_(file) {
    for (const auto* name : {&map.local_id, &map.born, &map.name, &map.worker}) Want(*name);
    for (const auto& column : map.columns) {
      Want(column.column);
      Want(column.code_column);
    }
    for (const auto& name : map.ignored) ignored_.insert(ColumnKey(name));
    Find();
  }

  Result<void> Check(const std::string& file_name) const {
    if (!unmapped_.empty()) {
      return Problem(file_name, "UNMAPPED_COLUMN",
                     "columns that the map neither maps nor ignores: ", unmapped_);
    }
    if (!twice_.empty()) return Problem(file_name, "COLUMN_TWICE", "two columns named ", twice_);
    std::vector<std::string> missing;
    for (const auto& [key, name] : wanted_) {
      if (!at_.contains(key)) missing.push_back(name);
    }
    if (missing.empty()) return {};
    return Problem(file_name, "COLUMN_MISSING", "no column that the map names as ", missing);
  }

  // The row's text in a column of the map; of a column that it does not name, blank.
  const std::string& In(const SheetRow& row, const std::string& column) const {
    static const std::string kNone;
    return column.empty() ? kNone : row.text[at_.at(ColumnKey(column))];
  }

 private:
  void Want(const std::string& name) {
    if (!name.empty()) wanted_.emplace(ColumnKey(name), name);
  }

  void Find() {
    for (size_t i = 0; i < file_.heading.size(); ++i) {
      const std::string key = ColumnKey(file_.heading[i]);
      if (key.empty() && IsBlankColumn(i)) continue;
      if (key.empty()) {
        unmapped_.push_back("(column " + std::to_string(i + 1) + ", which has no name)");
      } else if (wanted_.contains(key)) {
        if (!at_.emplace(key, i).second) twice_.push_back(file_.heading[i]);
      } else if (!ignored_.contains(key)) {
        unmapped_.push_back(file_.heading[i]);
      }
    }
  }

  bool IsBlankColumn(size_t i) const {
    return std::ranges::all_of(file_.rows, [&](const csv::Row& row) {
      return row.cells.size() <= i || row.cells[i].empty();
    });
  }

  static tl::unexpected<Status> Problem(const std::string& file_name, const char* reason,
                                        const char* what, const std::vector<std::string>& names) {
    return Fail(StatusCode::kInvalidArgument, reason,
                file_name + " has " + what + Listed(names) + ". Nothing was imported",
                {.file = file_name, .line = 1, .field = Listed(names)});
  }

  const csv::File& file_;
  std::map<std::string, std::string> wanted_;  // by key
  std::set<std::string> ignored_;
  std::map<std::string, size_t> at_;  // by key
  std::vector<std::string> unmapped_;
  std::vector<std::string> twice_;
};

class SheetReader {
 public:
  SheetReader(const TrackerMap& map, const Columns& columns, bool is_workbook)
      : map_(map), columns_(columns), is_workbook_(is_workbook) {}

  void Read(SheetRow& row) const {
    row.local_id = columns_.In(row, map_.local_id);
    row.name = columns_.In(row, map_.name);
    row.worker = columns_.In(row, map_.worker);
    if (row.local_id.empty()) Refuse(map_.local_id, "no_local_id", "the row names no child", row);
    const std::string& born = columns_.In(row, map_.born);
    row.born = DayIn(born);
    if (!born.empty() && !row.born) Refuse(map_.born, "date", NoDay(), row);
    if (row.is_refused) return;
    for (const auto& column : map_.columns) ReadCell(column, row);
  }

  static void Refuse(const std::string& column, const char* rule, std::string message,
                     SheetRow& row) {
    row.is_refused = true;
    row.refusals.push_back({column, rule, std::move(message)});
  }

 private:
  void ReadCell(const MappedColumn& column, SheetRow& row) const {
    const std::string& text = columns_.In(row, column.column);
    if (text.empty()) return;
    const auto on = DayIn(text);
    if (!on) return row.refusals.push_back({column.column, "date", NoDay()});
    std::string code = column.code;
    if (const std::string& said = columns_.In(row, column.code_column); !said.empty()) {
      const auto known = column.codes.find(said);
      if (known == column.codes.end())
        return row.refusals.push_back(
            {column.code_column, "no_such_code", "the map has no code for this text"});
      code = known->second;
    }
    row.cells.push_back({column.column, column.kind, std::move(code), *on});
  }

  std::optional<CivilDate> DayIn(const std::string& text) const {
    if (map_.dates == DateForm::kIso) return CivilDate::FromIso(text);
    const auto day = FromDmy(text);
    return day || !is_workbook_ ? day : CivilDate::FromIso(text);
  }

  // d/m/yyyy, with or without leading zeros.
  static std::optional<CivilDate> FromDmy(std::string text) {
    if (text.find('/') == 1) text.insert(0, "0");
    if (text.find('/', 3) == 4) text.insert(3, "0");
    return CivilDate::FromBritish(text);
  }

  std::string NoDay() const {
    return map_.dates == DateForm::kIso ? "not a day written yyyy-mm-dd"
                                        : "not a day written dd/mm/yyyy";
  }

  const TrackerMap& map_;
  const Columns& columns_;
  const bool is_workbook_;
};

// Rows of one child: the same to the letter, the later ones say nothing more; else none is taken.
void CompareRowsOfOneChild(std::vector<SheetRow>& rows) {
  std::map<std::string, std::vector<size_t>> by_child;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].local_id.empty()) by_child[rows[i].local_id].push_back(i);
  }
  for (const auto& [child, same] : by_child) {
    if (same.size() == 1) continue;
    std::vector<std::string> lines;
    for (const size_t i : same) lines.push_back(std::to_string(rows[i].line));
    const bool are_equal = std::ranges::all_of(
        same, [&](size_t i) { return rows[i].text == rows[same.front()].text; });
    for (const size_t i : same) {
      if (are_equal && i != same.front()) rows[i].repeats = same.front();
      if (are_equal) continue;
      rows[i].cells.clear();
      rows[i].refusals.clear();
      SheetReader::Refuse("", "differing_rows",
                          "lines " + Listed(lines) + " are of one child and differ", rows[i]);
    }
  }
}

}  // namespace

Result<TrackerSheet> ReadTrackerSheet(const std::string& file_name, csv::File file,
                                      const TrackerMap& map, bool is_workbook) {
  DropRejectColumns(file);
  const Columns columns(file, map);
  if (auto checked = columns.Check(file_name); !checked) return tl::unexpected(checked.error());
  TrackerSheet sheet{.heading = file.heading, .rows = {}};
  const SheetReader reader(map, columns, is_workbook);
  for (auto& line : file.rows) {
    if (IsBlank(line.cells)) continue;
    SheetRow& row = sheet.rows.emplace_back();
    row.line = line.line;
    row.text = std::move(line.cells);
    // A workbook ends a row with its last cell.
    if (is_workbook && row.text.size() < sheet.heading.size())
      row.text.resize(sheet.heading.size());
    if (row.text.size() != sheet.heading.size()) {
      SheetReader::Refuse("", "cells",
                          "the row has " + std::to_string(row.text.size()) +
                              " cells, the heading " + std::to_string(sheet.heading.size()),
                          row);
      continue;
    }
    reader.Read(row);
  }
  CompareRowsOfOneChild(sheet.rows);
  return sheet;
}

}  // namespace holdfast::import
