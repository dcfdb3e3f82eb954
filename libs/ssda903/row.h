// One row of a return, read: what it says, and what its own words decide of it. What depends on the child's record (a
// header, the day of birth) is decided by the record.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/cases/v1/returns.pb.h"
#include "libs/base/civil_date.h"
#include "libs/csv/reader.h"
#include "libs/ssda903/table.h"

namespace holdfast::ssda903 {

// Why a row was refused or set aside, or what was noted of it.
struct Remark {
  std::string field;    // the column; blank: the row as a whole
  std::string rule;     // the department's number, or a word of ours where it has none
  std::string message;  // for the data team

  bool operator==(const Remark&) const = default;
};

enum class Verdict { kTake, kRefuse, kSetAside };

struct Row {
  Table table = Table::kHeader;
  std::string file;
  size_t line = 0;
  std::vector<std::string> cells;  // as they were, in the file's order

  std::string local_id;             // trimmed; blank: cannot be read
  std::optional<CivilDate> key_day;
  bool has_key = false;             // local id and, where the table has one, key day can be read

  Verdict verdict = Verdict::kTake;
  Remark reason;                       // of a row refused or set aside
  std::vector<Remark> notes;
  std::vector<Remark> fields_aside;
  std::optional<size_t> repeats;       // index in its table of the first row, which this one repeats word for word

  std::map<std::string, std::string> values;  // by column, as compared within a file (import.md rule 6)
  std::optional<CivilDate> born;              // as stated by this row
  std::optional<CivilDate> end_day;           // kEndDay as written, readable or not taken
  cases::v1::ReturnRow content;               // the key alone where the row is refused
};

// Reads a row of `table` in the return whose year ends on `year_end`; `columns` gives the index in the file of each of
// the table's columns, in the table's order. Rules 2 to 5 of the import, but for those on header and birth.
Row ReadRow(Table table, const std::vector<size_t>& columns, size_t file_columns, const csv::Row& raw,
            CivilDate year_end);

// Marks rows of one key in one file (rule 6): word for word the same, the later repeats the first; else all are refused.
void JudgeRowsOfOneKey(std::vector<Row>& rows);

}  // namespace holdfast::ssda903
