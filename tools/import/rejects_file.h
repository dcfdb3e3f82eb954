// A file of refused rows in the making: why each was refused, then the row as it was. The reasons
// come first, so that a row with the wrong number of cells moves nothing, and stays wrong until it
// is repaired.
#pragma once

#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast::import {

class RejectsFile {
 public:
  // `heading` is the file's; the columns that an earlier rejects file had added are not kept, nor
  // their cells.
  explicit RejectsFile(std::vector<std::string> heading) : heading_(std::move(heading)) {}

  // `where`: the file, line, field and rule; `cells` in the order of the heading.
  void Add(const Where& where, const std::string& message, const std::vector<std::string>& cells);

  // Writes FOLDER/NAME, mode 0600, in place of an earlier rejects file; without a row an earlier
  // one is removed, so that it is not taken for this run's. The folder is made, for its owner
  // alone, if there is none.
  Result<void> Write(const std::string& folder, const std::string& name) const;

 private:
  std::vector<std::string> heading_;
  std::string rows_;
};

// To be asked before anything is done: IN_THE_WAY when FOLDER/NAME is there and is no earlier
// rejects file.
Result<void> CheckRejectsFile(const std::string& folder, const std::string& name);

}  // namespace holdfast::import
