#include "tools/import/rejects_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "libs/crypto/private_file.h"
#include "libs/csv/reader.h"
#include "libs/csv/writer.h"
#include "libs/ssda903/table.h"

namespace holdfast::import {
namespace {

namespace fs = std::filesystem;

// The cells of columns that are the file's own.
std::vector<std::string> OwnCells(const std::vector<std::string>& heading,
                                  const std::vector<std::string>& cells) {
  std::vector<std::string> own;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i >= heading.size() || !ssda903::IsRejectColumn(heading[i])) own.push_back(cells[i]);
  }
  return own;
}

bool HasRejectColumns(const std::vector<std::string>& heading) {
  return static_cast<size_t>(std::ranges::count_if(heading, ssda903::IsRejectColumn)) ==
         ssda903::RejectColumns().size();
}

tl::unexpected<Status> CannotWrite(const fs::path& path, const std::string& why) {
  return Fail(StatusCode::kFailedPrecondition, "CANNOT_WRITE",
              "cannot write " + path.string() + ": " + why, {.file = path.string()});
}

}  // namespace

void RejectsFile::Add(const Where& where, const std::string& message,
                      const std::vector<std::string>& cells) {
  std::vector<std::string> line{where.file, std::to_string(where.line), where.field, where.rule,
                                message};
  for (auto& cell : OwnCells(heading_, cells)) line.push_back(std::move(cell));
  rows_ += csv::ExactLine(line);
}

Result<void> RejectsFile::Write(const std::string& folder, const std::string& name) const {
  std::error_code error;
  const fs::path path = fs::path(folder) / name;
  if (rows_.empty()) {
    fs::remove(path, error);
    return error ? Result<void>(CannotWrite(path, error.message())) : Result<void>{};
  }
  if (!fs::exists(folder, error)) {
    if (auto made = MakePrivateFolder(folder); !made) return made;
  }
  std::vector<std::string> heading(ssda903::RejectColumns().begin(),
                                   ssda903::RejectColumns().end());
  for (auto& cell : OwnCells(heading_, heading_)) heading.push_back(std::move(cell));
  return ReplacePrivateFile(path, csv::ExactLine(heading) + rows_, FileMode::kReadWrite);
}

Result<void> CheckRejectsFile(const std::string& folder, const std::string& name) {
  const fs::path path = fs::path(folder) / name;
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  std::ifstream stream(path, std::ios::binary);
  std::string first_line;
  std::getline(stream, first_line);
  const auto read = csv::Read(first_line);
  if (read && HasRejectColumns(read->heading)) return {};
  return Fail(
      StatusCode::kFailedPrecondition, "IN_THE_WAY",
      path.string() +
          " is there and holds no refused rows: nothing was done. Choose another folder for them",
      {.file = path.string()});
}

}  // namespace holdfast::import
