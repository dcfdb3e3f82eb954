#include <algorithm>
#include <string>

#include "libs/base/check.h"
#include "libs/ssda903/return.h"
#include "tests/fuzz/fuzz_targets.h"

namespace holdfast {
namespace {

using ssda903::Row;
using ssda903::Verdict;

std::string TakeLine(std::string_view& text) {
  const size_t size = std::min(text.find('\n'), text.size());
  std::string line(text.substr(0, size));
  text.remove_prefix(std::min(size + 1, text.size()));
  return line;
}

CivilDate YearEndIn(std::string_view& text) {
  int year = 2020;
  const std::string line = TakeLine(text);
  if (!line.empty()) year = 2017 + static_cast<unsigned char>(line.back()) % 16;
  return *CivilDate::FromYmd(year, 3, 31);
}

std::vector<ssda903::SourceFile> FilesIn(std::string_view text) {
  std::vector<ssda903::SourceFile> files;
  while (!text.empty()) {
    const std::string line = TakeLine(text);
    if (line.starts_with("== ")) {
      files.push_back({line.substr(3), ""});
    } else if (!files.empty()) {
      files.back().bytes += line + "\n";
    }
  }
  return files;
}

void CheckRow(const Row& row, const ssda903::TableRows& table, size_t i) {
  HOLDFAST_CHECK(row.verdict == Verdict::kTake || !row.reason.rule.empty());
  HOLDFAST_CHECK(!row.has_key || !row.local_id.empty());
  HOLDFAST_CHECK(!row.repeats || *row.repeats < i);
  HOLDFAST_CHECK(!row.repeats || table.rows[*row.repeats].verdict == row.verdict);
  HOLDFAST_CHECK(row.verdict != Verdict::kTake || row.has_key);
  HOLDFAST_CHECK(row.content.ByteSizeLong() < 1u << 30);
}

}  // namespace

void FuzzReturn(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const CivilDate year_end = YearEndIn(text);
  const auto files = FilesIn(text);
  const ssda903::ReadOptions options{
      .repair = false, .year_is_right = true, .chosen = {}, .ignored = {"*.ignored"}};
  const auto read = ssda903::ReadReturn(files, year_end, options);
  if (!read) {
    HOLDFAST_CHECK(!read.error().reason.empty());
    return;
  }
  HOLDFAST_CHECK(read->files.size() == files.size());
  for (const auto& file : read->files)
    HOLDFAST_CHECK(file.table.has_value() != file.set_aside.has_value());
  for (const auto& [table, rows] : read->tables) {
    for (size_t i = 0; i < rows.rows.size(); ++i) CheckRow(rows.rows[i], rows, i);
  }
}

}  // namespace holdfast
