#include "tools/holdfast/row_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "libs/crypto/private_file.h"
#include "libs/csv/writer.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

// True for a refusal of the row itself; any other status ends the command.
bool IsTheRows(const Status& status) {
  return status.code == StatusCode::kNotFound || status.code == StatusCode::kInvalidArgument ||
         status.code == StatusCode::kFailedPrecondition;
}

}  // namespace

bool RowFile::BeginsWith(const std::vector<std::string>& columns) const {
  if (heading().size() < columns.size()) return false;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string cell = heading()[i];
    std::ranges::transform(cell, cell.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (cell != columns[i]) return false;
  }
  return true;
}

Result<RowFile> ReadRowFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + path, {.file = path});
  auto file = csv::Read(bytes.str());
  if (!file) return Fail(file.error().code, file.error().reason, path + ": " + file.error().message, {.file = path});
  return RowFile(std::filesystem::path(path).filename().string(), std::move(*file));
}

Result<void> RowTotals::Count(const RowFile& file, const csv::Row& row, const Result<std::string>& result) {
  ++read;
  if (result) {
    ++(*result == "accepted" ? facts : unchanged);
    return {};
  }
  if (!IsTheRows(result.error())) return tl::unexpected(result.error());
  ++refused;
  auto cells = row.cells;
  cells.resize(file.heading().size());
  cells.insert(cells.end(), {file.name(), std::to_string(row.line), result.error().where.field, result.error().reason,
                             result.error().message});
  rejects += csv::ExactLine(cells);
  return {};
}

int RowTotals::Answer(const RowFile& file, const std::string& folder, const std::string& authority,
                      const GlobalOptions& global) const {
  if (!folder.empty() && refused > 0) {
    if (auto made = MakePrivateFolder(folder); !made) return Report(made.error(), global);
    auto heading = file.heading();
    heading.insert(heading.end(), {"FILE", "LINE", "FIELD", "RULE", "MESSAGE"});
    auto written = ReplacePrivateFile(folder + "/" + file.name(), csv::ExactLine(heading) + rejects, FileMode::kReadWrite);
    if (!written) return Report(written.error(), global);
  }
  const Json total = {{"read", read},   {"refused", refused}, {"set_aside", 0},
                      {"corrected", 0}, {"facts", facts},     {"unchanged", unchanged}};
  return cli::Answer({{"authority", authority}, {"total", total}, {"positions", PositionsJson(positions)}},
                     "read " + std::to_string(read) + ", refused " + std::to_string(refused) + ", facts " +
                         std::to_string(facts) + ", unchanged " + std::to_string(unchanged) + "\n",
                     global, refused > 0 ? kDoneWithFindings : kDone);
}

}  // namespace holdfast::cli
