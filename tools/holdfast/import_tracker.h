// import tracker: an authority's own sheet, one row a child, imported as of a day.
#pragma once

#include "tools/holdfast/command.h"
#include "tools/import/manifest.h"

namespace holdfast::cli {

void AddImportTracker(CLI::App& import, const GlobalOptions& global, std::function<int()>& run);

// Goes on with a run that was cut off; `rejects`: where refused rows are written, blank: nowhere.
int ResumeTracker(const import::Manifest& manifest, const std::string& rejects,
                  const GlobalOptions& global);

}  // namespace holdfast::cli
