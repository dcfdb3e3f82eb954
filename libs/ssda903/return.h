// A return as files: which file is which table, and the rows of each, read. Rules 1 and 6 of the import.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/status.h"
#include "libs/ssda903/row.h"

namespace holdfast::ssda903 {

// A file of the return's folder.
struct SourceFile {
  std::string name;   // without the folder
  std::string bytes;
};

// What became of a file; each one of the folder is named.
struct FileReport {
  std::string name;
  std::string sha256;  // hex
  std::optional<Table> table;
  std::optional<std::string> set_aside;  // why it was not read
  uint64_t rows = 0;
};

struct TableRows {
  std::vector<std::string> heading;  // of the file, for its rejects
  std::vector<Row> rows;             // in the order of the file
};

struct Return {
  CivilDate year_end;
  bool repair = false;  // a part that only adds
  std::vector<FileReport> files;  // by name
  std::map<Table, TableRows> tables;

  bool Has(Table table) const { return tables.contains(table); }
};

struct ReadOptions {
  bool repair = false;
  bool year_is_right = false;           // do not ask whether the year end fits
  std::map<Table, std::string> chosen;  // the file of a table, where a folder has several
  std::vector<std::string> ignored;     // patterns of names to leave out, as for the shell
};

// Every regular file of `folder`, by name. NOT_FOUND when it is no folder that can be read.
Result<std::vector<SourceFile>> ReadFolder(const std::string& folder);

// The return that the files are. Nothing of it can be taken, and the reason says why and names the files, with TWO_FILES
// (two for one table), NO_SUCH_FILE, BAD_CSV, NO_TABLE, or WRONG_YEAR (the year end does not fit the episodes).
Result<Return> ReadReturn(std::vector<SourceFile> files, CivilDate year_end, const ReadOptions& options);

}  // namespace holdfast::ssda903
