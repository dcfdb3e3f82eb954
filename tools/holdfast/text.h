// The answers of the command line for a person to read.
#pragma once

#include <string>
#include <vector>

#include "holdfast/cases/v1/case_view.pb.h"
#include "libs/measures/year_counts.h"
#include "tools/import/importer.h"

namespace holdfast::cli {

std::string ImportText(const import::Report& report);
std::string CaseText(const cases::v1::CaseView& view);
std::string NationalText(const std::string& authority, CivilDate year_end, CivilDate known_at, const std::vector<Measure>& measures);

}  // namespace holdfast::cli
