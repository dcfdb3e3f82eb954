#include "tools/import/rejects.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "libs/csv/writer.h"

namespace holdfast::import {
namespace {

tl::unexpected<Status> CannotWrite(const std::string& path) {
  return Fail(StatusCode::kFailedPrecondition, "CANNOT_WRITE", "cannot write " + path + ": " + std::strerror(errno), {.file = path});
}

Result<void> WriteFile(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotWrite(path);
  bool written = fchmod(file, 0600) == 0;
  for (size_t at = 0; written && at < text.size();) {
    const ssize_t size = write(file, text.data() + at, text.size() - at);
    written = size > 0;
    at += written ? static_cast<size_t>(size) : 0;
  }
  const bool closed = close(file) == 0;
  if (!written || !closed) return CannotWrite(path);
  return {};
}

std::vector<std::string> HeadingOf(const std::vector<std::string>& heading) {
  std::vector<std::string> cells;
  for (const auto& cell : heading) {
    if (!ssda903::IsRejectColumn(cell)) cells.push_back(cell);
  }
  cells.insert(cells.end(), ssda903::RejectColumns().begin(), ssda903::RejectColumns().end());
  return cells;
}

// The row's cells without those that an earlier rejects file had added.
std::vector<std::string> CellsOf(const std::vector<std::string>& heading, const std::vector<std::string>& row) {
  std::vector<std::string> cells;
  for (size_t i = 0; i < row.size(); ++i) {
    const bool added = i < heading.size() && ssda903::IsRejectColumn(heading[i]);
    if (!added) cells.push_back(row[i]);
  }
  return cells;
}

}  // namespace

Result<void> WriteRejects(const std::string& folder, const ssda903::Return& read, const Report& report) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return Fail(StatusCode::kFailedPrecondition, "CANNOT_WRITE", "cannot make " + folder + ": " + error.message());
  std::map<ssda903::Table, std::string> files;
  for (const auto& reject : report.rejects) {
    const auto& heading = read.tables.at(reject.row->table).heading;
    auto& text = files[reject.row->table];
    if (text.empty()) text = csv::ExactLine(HeadingOf(heading));
    auto cells = CellsOf(heading, reject.row->cells);
    cells.insert(cells.end(), {reject.row->file, std::to_string(reject.row->line), reject.reason.field, reject.reason.rule,
                               reject.reason.message});
    text += csv::ExactLine(cells);
  }
  for (const auto& [table, text] : files) {
    if (auto written = WriteFile(folder + "/" + std::string(ssda903::Name(table)) + ".csv", text); !written) return written;
  }
  return {};
}

}  // namespace holdfast::import
