// A CSV of commands, one a row: read, counted, and its refused rows kept with their reasons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/csv/reader.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/json.h"
#include "tools/holdfast/options.h"
#include "tools/import/rejects_file.h"

namespace holdfast::cli {

class RowFile {
 public:
  // Columns that a rejects file had added are left out.
  RowFile(std::string path, csv::File file);

  const std::string& path() const { return path_; }
  std::string name() const;  // without its folder
  const std::vector<csv::Row>& rows() const { return file_.rows; }
  const std::vector<std::string>& heading() const { return file_.heading; }
  // True if the first columns are these, in any case.
  bool BeginsWith(const std::vector<std::string>& columns) const;
  // Where the column of that name stands, in any case; nothing when there is none.
  std::optional<size_t> ColumnNamed(const std::string& column) const;

 private:
  std::string path_;
  csv::File file_;
};

// CANNOT_READ, BAD_CSV.
Result<RowFile> ReadRowFile(const std::string& path);

// A row that cannot be read as what it should be; `field`: the column at fault, blank: the row as a
// whole.
Status BadRow(std::string field, std::string message);

// How the rows of a file ended, and where the refused ones are kept.
class RowTotals {
 public:
  // `folder`: where refused rows are written, blank: nowhere. Both outlive it.
  RowTotals(const RowFile& file, const std::string& folder);

  // To be asked before anything is done: IN_THE_WAY when refused rows would be written over
  // something else.
  Result<void> Check() const;
  // Takes a row's result: accepted, unchanged, or why it was refused. A status that is not the
  // row's is given back.
  Result<void> Count(const csv::Row& row, const Result<std::string>& result);
  // Writes FOLDER/NAME with the refused rows, mode 0600; prints the totals and why each was
  // refused.
  int Answer(const std::string& authority, const GlobalOptions& global) const;

  uint64_t read() const { return read_; }
  Positions positions;

 private:
  const RowFile& file_;
  const std::string& folder_;
  uint64_t read_ = 0;
  uint64_t refused_ = 0;
  uint64_t facts_ = 0;
  uint64_t unchanged_ = 0;
  import::RejectsFile rejects_;
  Json reasons_ = Json::array();
};

}  // namespace holdfast::cli
