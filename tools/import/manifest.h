// What an import run is, written before anything is sent: a run that was cut off is resumed with
// the same command ids, so that nothing is stated twice and its totals come out the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"
#include "libs/ssda903/return.h"
#include "tools/import/import_key.h"

namespace holdfast::import {

// Of a tracker sheet's run.
struct SheetOfRun {
  CivilDate as_of;
  std::string file;  // absolute, as the map
  std::string map;
  std::string name;  // of the sheet in its workbook; blank: the first
};

struct Manifest {
  RunId run;
  std::string authority;
  CivilDate year_end;
  std::string folder;  // absolute
  bool repair = false;
  bool whole = false;
  bool year_is_right = false;
  std::vector<std::string> tables;   // T=FILE, as given
  std::vector<std::string> ignored;  // patterns, as given
  Instant started_at;                // the time in the command ids
  std::string seed;  // 32 random bytes, hex: what the command ids are made from, with the key
  std::vector<std::pair<std::string, std::string>> files;  // name and SHA-256, hex
  std::optional<SheetOfRun> sheet;  // instead of a return's year end, folder and options

  ImportKey key{};  // never written

  // The id of the command for one child, or for a step of the run: a UUIDv7, the same whenever it
  // is asked. Without the key nobody can find out what it is the id of.
  CommandId CommandFor(std::string_view part) const;
};

// DATA/imports/RUN.json.
std::string ManifestPath(const std::string& data, const RunId& run);

// Writes it durably, mode 0600.
Result<void> WriteManifest(const std::string& data, const Manifest& manifest);

// NOT_FOUND when this data folder knows no such run; IMPORT_KEY_DIFFERS when it was begun with
// another key.
Result<Manifest> ReadManifest(const std::string& data, const RunId& run, const ImportKey& key);

// FILES_CHANGED, naming the file, unless the folder still holds the very files of the manifest.
Result<void> CheckFiles(const Manifest& manifest, const ssda903::Return& read);

}  // namespace holdfast::import
