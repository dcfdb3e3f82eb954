#include "tools/import/manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "libs/base/check.h"
#include "libs/base/uuid.h"
#include "libs/crypto/private_file.h"

namespace holdfast::import {
namespace {

using Json = nlohmann::ordered_json;

// By which a run knows its key again.
std::string CheckOf(const Manifest& manifest) {
  const auto check = HmacId(manifest.key, "import key", {manifest.run.Bytes()});
  return Hex({reinterpret_cast<const char*>(check.data()), check.size()});
}

Json ToJson(const Manifest& manifest) {
  Json files = Json::array();
  for (const auto& [name, sum] : manifest.files) files.push_back({{"file", name}, {"sha256", sum}});
  Json json = {{"format", 2},
          {"run", manifest.run.HexText()},
          {"authority", manifest.authority},
          {"year_ending", manifest.year_end.Iso()},
          {"folder", manifest.folder},
          {"repair", manifest.repair},
          {"whole", manifest.whole},
          {"year_is_right", manifest.year_is_right},
          {"tables", manifest.tables},
          {"ignored", manifest.ignored},
          {"started_at_us", manifest.started_at.time_since_epoch().count()},
          {"seed", manifest.seed},
          {"key_check", CheckOf(manifest)},
          {"files", std::move(files)}};
  if (manifest.sheet) {
    json["sheet"] = {{"as_of", manifest.sheet->as_of.Iso()},
                     {"file", manifest.sheet->file},
                     {"map", manifest.sheet->map},
                     {"name", manifest.sheet->name}};
  }
  return json;
}

Manifest FromJson(const Json& json) {
  Manifest manifest;
  manifest.run = RunId::FromHexText(json.at("run").get<std::string>()).value();
  manifest.authority = json.at("authority");
  manifest.year_end = CivilDate::FromIso(json.at("year_ending").get<std::string>()).value();
  manifest.folder = json.at("folder");
  manifest.repair = json.at("repair");
  manifest.whole = json.at("whole");
  manifest.year_is_right = json.at("year_is_right");
  manifest.tables = json.at("tables").get<std::vector<std::string>>();
  manifest.ignored = json.at("ignored").get<std::vector<std::string>>();
  manifest.started_at = Instant(std::chrono::microseconds(json.at("started_at_us").get<int64_t>()));
  manifest.seed = json.at("seed");
  for (const auto& file : json.at("files")) manifest.files.emplace_back(file.at("file"), file.at("sha256"));
  if (json.contains("sheet")) {
    const auto& sheet = json.at("sheet");
    manifest.sheet = {.as_of = CivilDate::FromIso(sheet.at("as_of").get<std::string>()).value(),
                      .file = sheet.at("file"),
                      .map = sheet.at("map"),
                      .name = sheet.at("name")};
  }
  return manifest;
}

}  // namespace

CommandId Manifest::CommandFor(std::string_view part) const {
  HOLDFAST_CHECK(key != ImportKey{});
  const auto random = HmacId(key, "import command", {seed, part});
  std::array<uint8_t, 10> bits{};
  std::copy_n(random.begin(), bits.size(), bits.begin());
  return {UuidV7(started_at, bits)};
}

std::string ManifestPath(const std::string& data, const RunId& run) { return data + "/imports/" + run.HexText() + ".json"; }

Result<void> WriteManifest(const std::string& data, const Manifest& manifest) {
  if (auto made = MakePrivateFolder(data + "/imports"); !made) return made;
  return CreatePrivateFile(ManifestPath(data, manifest.run), ToJson(manifest).dump(1), FileMode::kReadWrite);
}

Result<Manifest> ReadManifest(const std::string& data, const RunId& run, const ImportKey& key) {
  const auto text = ReadPrivateFile(ManifestPath(data, run));
  if (!text) {
    return Fail(StatusCode::kNotFound, "NOT_FOUND", "this data folder knows no run " + run.HexText() + " that can be resumed");
  }
  try {
    const auto json = Json::parse(*text);
    Manifest manifest = FromJson(json);
    manifest.key = key;
    if (json.at("key_check") == CheckOf(manifest)) return manifest;
    return Fail(StatusCode::kFailedPrecondition, "IMPORT_KEY_DIFFERS",
                "run " + run.HexText() + " was begun with another import.key: nothing was sent. Import the folder anew");
  } catch (const std::exception& error) {
    return Fail(StatusCode::kDataLoss, "MANIFEST_DAMAGED", "the manifest of run " + run.HexText() + " cannot be read: " + error.what(),
                {.file = ManifestPath(data, run)});
  }
}

Result<void> CheckFiles(const Manifest& manifest, const ssda903::Return& read) {
  for (const auto& file : read.files) {
    const auto known = std::ranges::find(manifest.files, file.name, &std::pair<std::string, std::string>::first);
    if (known != manifest.files.end() && known->second == file.sha256) continue;
    return Fail(StatusCode::kFailedPrecondition, "FILES_CHANGED",
                file.name + " is not what it was when the run began: nothing was sent. Import the folder anew", {.file = file.name});
  }
  if (read.files.size() == manifest.files.size()) return {};
  return Fail(StatusCode::kFailedPrecondition, "FILES_CHANGED", "the folder lacks files of the run: nothing was sent");
}

}  // namespace holdfast::import
