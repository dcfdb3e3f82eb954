// A CSV of commands, one a row: read, counted, and its refused rows kept with their reasons.
#pragma once

#include <string>
#include <vector>

#include "libs/csv/reader.h"
#include "libs/rpc/at_least.h"
#include "tools/holdfast/options.h"

namespace holdfast::cli {

class RowFile {
 public:
  RowFile(std::string name, csv::File file) : name_(std::move(name)), file_(std::move(file)) {}

  const std::string& name() const { return name_; }  // without its folder
  const std::vector<csv::Row>& rows() const { return file_.rows; }
  const std::vector<std::string>& heading() const { return file_.heading; }
  // True if the first columns are these, in any case.
  bool BeginsWith(const std::vector<std::string>& columns) const;

 private:
  std::string name_;
  csv::File file_;
};

// CANNOT_READ, BAD_CSV.
Result<RowFile> ReadRowFile(const std::string& path);

// How the rows of a file ended.
struct RowTotals {
  uint64_t read = 0;
  uint64_t refused = 0;
  uint64_t facts = 0;
  uint64_t unchanged = 0;
  std::string rejects;  // as CSV
  Positions positions;

  // Takes a row's result: accepted, unchanged, or why it was refused. A status that is not the row's is given back.
  Result<void> Count(const RowFile& file, const csv::Row& row, const Result<std::string>& result);
  // Writes FOLDER/NAME with the refused rows, mode 0600, where a folder is given and a row was refused; prints the totals.
  int Answer(const RowFile& file, const std::string& folder, const std::string& authority, const GlobalOptions& global) const;
};

}  // namespace holdfast::cli
