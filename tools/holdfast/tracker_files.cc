#include "tools/holdfast/tracker_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/holdfast/sheet_report.h"
#include "tools/holdfast/workbook.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

Result<std::string> ReadBytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (stream && !fs::is_directory(path)) return bytes.str();
  return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + path, {.file = path});
}

cases::v1::ImportFile FileOf(const std::string& path, const std::string& bytes) {
  const auto sum = Sha256(bytes);
  cases::v1::ImportFile file;
  file.set_name(fs::path(path).filename().string());
  file.set_sha256(std::string(reinterpret_cast<const char*>(sum.data()), sum.size()));
  return file;
}

}  // namespace

Result<LoadedSheet> LoadSheet(const import::SheetOfRun& run, const std::string& authority) {
  const auto map_text = ReadBytes(run.map);
  if (!map_text) return tl::unexpected(map_text.error());
  auto map = import::ReadTrackerMap(fs::path(run.map).filename().string(), *map_text,
                                    NationOf(authority));
  if (!map) return tl::unexpected(map.error());
  const auto bytes = ReadBytes(run.file);
  if (!bytes) return tl::unexpected(bytes.error());
  const bool is_workbook = IsWorkbook(*bytes);
  const auto text = is_workbook ? ReadWorkbook(run.file, run.name) : *bytes;
  if (!text) return tl::unexpected(text.error());
  LoadedSheet loaded{.name = fs::path(run.file).filename().string(), .map = std::move(*map)};
  auto csv = csv::Read(*text);
  if (!csv) {
    return Fail(csv.error().code, csv.error().reason, loaded.name + ": " + csv.error().message,
                {.file = loaded.name, .line = csv.error().where.line});
  }
  auto sheet = import::ReadTrackerSheet(loaded.name, std::move(*csv), loaded.map, is_workbook);
  if (!sheet) return tl::unexpected(sheet.error());
  loaded.sheet = std::move(*sheet);
  loaded.files = {FileOf(run.file, *bytes), FileOf(run.map, *map_text)};
  loaded.files[0].set_table("Sheet");
  loaded.files[0].set_rows(loaded.sheet.rows.size());
  loaded.files[1].set_set_aside("the map of the sheet's columns");
  return loaded;
}

Result<void> CheckSheetFiles(const import::Manifest& manifest, const LoadedSheet& loaded) {
  for (size_t i = 0; i < loaded.files.size(); ++i) {
    const auto& [name, sum] = manifest.files.at(i);
    if (sum == Hex(loaded.files[i].sha256())) continue;
    return Fail(StatusCode::kFailedPrecondition, "FILES_CHANGED",
                name + " is not what it was when the run began: nothing was sent. Import it anew",
                {.file = name});
  }
  return {};
}

Result<void> CheckSheetRejects(const std::string& folder, const std::string& file) {
  if (folder.empty()) return {};
  const std::string name = SheetReport::RejectsName(fs::path(file).filename().string());
  std::error_code error;
  if (fs::equivalent(fs::path(folder) / name, file, error)) {
    return Fail(StatusCode::kFailedPrecondition, "IN_THE_WAY",
                folder + " holds the sheet itself: nothing was done. Choose another folder for "
                         "refused rows",
                {.file = file});
  }
  return import::CheckRejectsFile(folder, name);
}

}  // namespace holdfast::cli
