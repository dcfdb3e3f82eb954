// Imports into memory, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/ssda903/files_in_tests.h"
#include "services/cases/domain/render_case.h"
#include "tools/import/importer.h"
#include "tools/import/memory_record.h"

namespace holdfast::import {

using ssda903::Files;
using ssda903::Table;
using Lines = std::vector<std::string>;

inline const std::string kHeader = "Header A,1,01/01/2010,WBRI,,,";
inline const std::string kOpen = "Episodes A,01/05/2019,S,C2,N1,U6,PR1,,,,,,";
inline const std::string kEnded = "Episodes A,01/05/2019,S,C2,N1,U6,PR1,01/06/2020,E4A,,,,";

struct Options {
  bool repair = false;
  bool whole = false;
  bool dry_run = false;
};

class Imports {
 public:
  Result<Report> Try(int year, std::vector<ssda903::SourceFile> files, Options options) {
    read_.push_back(
        std::make_unique<ssda903::Return>(ReadInTests(std::move(files), year, options.repair)));
    const ImportOptions import_options{.authority = "E06000901",
                                       .run = RunId{HashId("run", {std::to_string(read_.size())})},
                                       .run_number = read_.size(),
                                       .dry_run = options.dry_run,
                                       .whole = options.whole};
    return Import(*read_.back(), import_options, record_, {});
  }
  Report Take(int year, const Lines& lines, Options options = {}) {
    return *Try(year, Files(lines), options);
  }

  const ssda903::Return& last_read() const { return *read_.back(); }
  MemoryRecord& record() { return record_; }

  // All cases, as bytes.
  std::string Cases() {
    std::string bytes;
    for (const auto& [child, facts] : record_.children()) {
      if (facts.registered)
        bytes += cases::RenderCase(child, facts, record_.coverage(), {}).SerializeAsString();
    }
    return bytes;
  }

 private:
  MemoryRecord record_{"E06000901"};
  std::vector<std::unique_ptr<ssda903::Return>> read_;  // reports point into them
};

// "read 3: 1 refused, 2 facts", without zeros.
inline std::string Text(const Totals& totals) {
  std::string text = "read " + std::to_string(totals.read) + ":";
  const std::pair<const char*, uint64_t> parts[] = {{"refused", totals.refused},
                                                    {"set aside", totals.set_aside},
                                                    {"corrected", totals.corrected},
                                                    {"facts", totals.facts},
                                                    {"unchanged", totals.unchanged}};
  for (const auto& [name, count] : parts) {
    if (count > 0) text += " " + std::to_string(count) + " " + name;
  }
  return text;
}

}  // namespace holdfast::import
