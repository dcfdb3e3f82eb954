// The files of a tracker sheet's import: the sheet, its map, and where its refused rows go.
#pragma once

#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "tools/import/manifest.h"
#include "tools/import/tracker_map.h"
#include "tools/import/tracker_sheet.h"

namespace holdfast::cli {

// A sheet with its map, read.
struct LoadedSheet {
  std::string name;  // of the sheet's file, without its folder
  import::TrackerMap map;
  import::TrackerSheet sheet = {};
  std::vector<cases::v1::ImportFile> files = {};
};

// Reads the map, then the sheet, CSV or XLSX by what it holds. CANNOT_READ, PROGRAM_MISSING,
// BAD_CSV, and as ReadTrackerMap and ReadTrackerSheet.
Result<LoadedSheet> LoadSheet(const import::SheetOfRun& run, const std::string& authority);

// FILES_CHANGED unless the files are those of the run.
Result<void> CheckSheetFiles(const import::Manifest& manifest, const LoadedSheet& loaded);

// IN_THE_WAY when refused rows would be written over the sheet `file` itself, or over what is no
// rejects file. `folder`: blank: nowhere.
Result<void> CheckSheetRejects(const std::string& folder, const std::string& file);

}  // namespace holdfast::cli
