#include "tools/import/rejects.h"

#include <filesystem>

#include "libs/crypto/private_file.h"
#include "libs/csv/writer.h"
#include "tools/import/rejects_file.h"

namespace holdfast::import {
namespace {

std::string FileOf(ssda903::Table table) { return std::string(ssda903::Name(table)) + ".csv"; }

void AddNotes(const char* kind, const std::vector<RowRemark>& remarks, std::string& text) {
  for (const auto& [row, remark] : remarks) {
    text += csv::Line({kind, std::string(ssda903::Name(row->table)), row->file,
                       std::to_string(row->line), remark.field, remark.rule, remark.message});
  }
}

}  // namespace

Result<void> CheckRejectsFolder(const std::string& folder, const std::string& folder_of_return) {
  std::error_code error;
  if (std::filesystem::equivalent(folder, folder_of_return, error)) {
    return Fail(StatusCode::kFailedPrecondition, "IN_THE_WAY",
                folder +
                    " is the folder of the return itself: nothing was done. Choose another folder "
                    "for refused rows",
                {.file = folder});
  }
  for (int i = 0; i < ssda903::kTableCount; ++i) {
    if (auto checked = CheckRejectsFile(folder, FileOf(static_cast<ssda903::Table>(i))); !checked)
      return checked;
  }
  return {};
}

Result<void> WriteRejects(const std::string& folder, const ssda903::Return& read,
                          const Report& report) {
  std::map<ssda903::Table, RejectsFile> files;
  for (int i = 0; i < ssda903::kTableCount; ++i) {
    const auto table = static_cast<ssda903::Table>(i);
    const auto rows = read.tables.find(table);
    files.emplace(table,
                  rows == read.tables.end() ? std::vector<std::string>{} : rows->second.heading);
  }
  for (const auto& [row, remark] : report.rejects) {
    files.at(row->table)
        .Add({.file = row->file, .line = row->line, .field = remark.field, .rule = remark.rule},
             remark.message, row->cells);
  }
  for (const auto& [table, file] : files) {
    if (auto written = file.Write(folder, FileOf(table)); !written) return written;
  }
  return {};
}

Result<void> WriteNotes(const std::string& path, const Report& report) {
  std::string text = csv::Line({"KIND", "TABLE", "FILE", "LINE", "FIELD", "RULE", "MESSAGE"});
  AddNotes("note", report.notes, text);
  AddNotes("field_aside", report.fields_aside, text);
  return ReplacePrivateFile(path, text, FileMode::kReadWrite);
}

}  // namespace holdfast::import
