// Files of a return, for tests: each line is a table's name and a row's cells in the table's own
// order, as in "Episodes A,01/05/2019,S,C2,N1,U6,PR1,,,,,,".
#pragma once

#include <string>
#include <vector>

#include "libs/ssda903/return.h"
#include "libs/testing/day.h"

namespace holdfast::ssda903 {

inline std::string HeadingOf(Table table) {
  std::string heading;
  for (const auto& column : ColumnsOf(table))
    heading += (heading.empty() ? "" : ",") + std::string(column.name);
  return heading + "\n";
}

// One file a table, named for it, such as Episodes.csv.
inline std::vector<SourceFile> Files(const std::vector<std::string>& lines) {
  std::vector<SourceFile> files;
  for (const auto& line : lines) {
    const size_t space = line.find(' ');
    const auto table = TableNamed(line.substr(0, space));
    HOLDFAST_CHECK(table.has_value());
    const std::string name = std::string(Name(*table)) + ".csv";
    auto file = files.begin();
    while (file != files.end() && file->name != name) ++file;
    if (file == files.end()) file = files.insert(file, {name, HeadingOf(*table)});
    if (space != std::string::npos) file->bytes += line.substr(space + 1) + "\n";
  }
  return files;
}

// The return of `year` that they are, whether or not the year fits.
inline Return ReadInTests(std::vector<SourceFile> files, int year = 2020, bool repair = false) {
  auto read = ReadReturn(std::move(files), YearEnd(year),
                         {.repair = repair, .year_is_right = true, .chosen = {}, .ignored = {}});
  HOLDFAST_CHECK(read.has_value());
  return std::move(*read);
}

}  // namespace holdfast::ssda903
