// Imports a return, read, into a record: groups its rows by child, has each child's decided, and adds up how they ended.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/ssda903/return.h"
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

// A row that was refused, for the rejects.
struct Reject {
  const ssda903::Row* row = nullptr;  // of the return that was imported
  ssda903::Remark reason;
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
  uint64_t notes = 0;
  uint64_t fields_aside = 0;
  uint64_t vanished = 0;
  uint64_t returned = 0;
  uint64_t late = 0;
  uint64_t moved = 0;
  uint64_t removed = 0;
  Findings findings;
  std::vector<Reject> rejects;
};

struct ImportOptions {
  std::string authority;
  RunId run;
  uint64_t run_number = 0;
  bool dry_run = false;
  bool whole = false;  // import even if more than half of a table's keys would go
};

// Rules 6 and 12 to 17 of the import. Nothing is imported with TOO_MANY_REMOVED when a whole re-submission would remove
// more than half of the keys of a table. The report points into `read`.
Result<Report> Import(const ssda903::Return& read, const ImportOptions& options, Record& record, const Progress& progress);

}  // namespace holdfast::import
