// Imports a return, read, into a record: groups its rows by child, has each child's decided, and adds up how they ended.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "libs/ssda903/return.h"
#include "tools/import/findings.h"
#include "tools/import/record.h"

namespace holdfast::import {

// How rows ended; read is the sum of the others.
struct Totals {
  uint64_t read = 0;
  uint64_t refused = 0;
  uint64_t set_aside = 0;
  uint64_t corrected = 0;
  uint64_t facts = 0;
  uint64_t unchanged = 0;
};

// Something said of a row: why it was refused, what was noted of it, a field that it was taken without.
struct RowRemark {
  const ssda903::Row* row = nullptr;  // of the return that was imported
  ssda903::Remark remark;
};

struct Report {
  RunId run;
  std::string authority;
  CivilDate year_end;
  bool dry_run = false;
  uint64_t events = 0;
  Totals total;
  std::map<ssda903::Table, Totals> tables;  // all eleven
  std::vector<ssda903::FileReport> files;
  // Of rows that were taken, in the order of tables and rows. A row is noted once for each rule and field.
  std::vector<RowRemark> notes;
  std::vector<RowRemark> fields_aside;
  uint64_t vanished = 0;
  uint64_t returned = 0;
  uint64_t late = 0;
  uint64_t moved = 0;
  uint64_t removed = 0;
  OpenCounts open;
  std::vector<RowRemark> rejects;
};

struct ImportOptions {
  std::string authority;
  RunId run;
  uint64_t run_number = 0;
  bool dry_run = false;
  bool whole = false;  // import even if more than half of a table's keys would go
  // What is kept of a run's report with the run; none: nothing.
  std::function<std::string(const Report&)> to_keep = {};
};

// Rules 6 and 12 to 17 of the import. Nothing is imported with TOO_MANY_REMOVED when a whole re-submission would remove
// more than half of the keys of a table. The report points into `read`.
Result<Report> Import(const ssda903::Return& read, const ImportOptions& options, Record& record, const Progress& progress);

}  // namespace holdfast::import
