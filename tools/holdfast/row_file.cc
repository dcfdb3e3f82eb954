#include "tools/holdfast/row_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "libs/ssda903/table.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

// True for a refusal of the row itself; any other status ends the command.
bool IsTheRows(const Status& status) {
  return status.code == StatusCode::kNotFound || status.code == StatusCode::kInvalidArgument ||
         status.code == StatusCode::kFailedPrecondition;
}

std::string InCapitals(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

bool RowFile::BeginsWith(const std::vector<std::string>& columns) const {
  if (heading().size() < columns.size()) return false;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (InCapitals(heading()[i]) != columns[i]) return false;
  }
  return true;
}

std::optional<size_t> RowFile::ColumnNamed(const std::string& column) const {
  const auto found = std::ranges::find(heading(), column, InCapitals);
  if (found == heading().end()) return std::nullopt;
  return static_cast<size_t>(found - heading().begin());
}

RowFile::RowFile(std::string path, csv::File file)
    : path_(std::move(path)), file_(std::move(file)) {
  const std::vector<std::string> heading = file_.heading;
  const auto drop = [&](std::vector<std::string>& cells) {
    std::vector<std::string> own;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i >= heading.size() || !ssda903::IsRejectColumn(heading[i]))
        own.push_back(std::move(cells[i]));
    }
    cells = std::move(own);
  };
  drop(file_.heading);
  for (auto& row : file_.rows) drop(row.cells);
}

std::string RowFile::name() const { return std::filesystem::path(path_).filename().string(); }

Result<RowFile> ReadRowFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream)
    return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + path, {.file = path});
  auto file = csv::Read(bytes.str());
  if (!file) {
    const auto& error = file.error();
    return Fail(error.code, error.reason, path + ": " + error.message,
                {.file = path, .line = error.where.line});
  }
  return RowFile(path, std::move(*file));
}

Status BadRow(std::string field, std::string message) {
  return {StatusCode::kInvalidArgument, "BAD_ROW", std::move(message), {.field = std::move(field)}};
}

RowTotals::RowTotals(const RowFile& file, const std::string& folder)
    : file_(file), folder_(folder), rejects_(file.heading()) {}

Result<void> RowTotals::Check() const {
  if (folder_.empty()) return {};
  std::error_code error;
  if (std::filesystem::equivalent(std::filesystem::path(folder_) / file_.name(), file_.path(),
                                  error)) {
    return Fail(
        StatusCode::kFailedPrecondition, "IN_THE_WAY",
        folder_ +
            " holds the file itself: nothing was done. Choose another folder for refused rows",
        {.file = file_.path()});
  }
  return import::CheckRejectsFile(folder_, file_.name());
}

Result<void> RowTotals::Count(const csv::Row& row, const Result<std::string>& result) {
  ++read_;
  if (result) {
    ++(*result == "accepted" ? facts_ : unchanged_);
    return {};
  }
  const Status& why = result.error();
  if (!IsTheRows(why)) return tl::unexpected(why);
  ++refused_;
  const Where where{
      .file = file_.name(), .line = row.line, .field = why.where.field, .rule = why.reason};
  rejects_.Add(where, why.message, row.cells);
  reasons_.push_back({{"file", where.file},
                      {"line", where.line},
                      {"field", where.field.empty() ? Json(nullptr) : Json(where.field)},
                      {"rule", where.rule},
                      {"message", why.message}});
  return {};
}

int RowTotals::Answer(const std::string& authority, const GlobalOptions& global) const {
  if (!folder_.empty()) {
    if (auto written = rejects_.Write(folder_, file_.name()); !written)
      return Report(written.error(), global);
  }
  const Json total = {{"read", read_},  {"refused", refused_}, {"set_aside", 0},
                      {"corrected", 0}, {"facts", facts_},     {"unchanged", unchanged_}};
  std::string text = "read " + std::to_string(read_) + ", refused " + std::to_string(refused_) +
                     ", facts " + std::to_string(facts_) + ", unchanged " +
                     std::to_string(unchanged_) + "\n";
  for (const auto& reason : reasons_) {
    text += "  line " + std::to_string(reason.at("line").get<uint64_t>()) + ": " +
            reason.at("message").get<std::string>() + "\n";
  }
  return cli::Answer({{"authority", authority},
                      {"total", total},
                      {"refusals", reasons_},
                      {"positions", PositionsJson(positions)}},
                     text, global, refused_ > 0 ? kDoneWithFindings : kDone);
}

}  // namespace holdfast::cli
