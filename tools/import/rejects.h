// Refused rows, kept with their reason: one file a table, importable again after repair.
#pragma once

#include <string>

#include "tools/import/importer.h"

namespace holdfast::import {

// Writes FOLDER/<table>.csv for each table with refused rows: the row as it was, and FILE, LINE, FIELD, RULE, MESSAGE. The
// folder is made if there is none; files have mode 0600 and replace those of the same name.
Result<void> WriteRejects(const std::string& folder, const ssda903::Return& read, const Report& report);

}  // namespace holdfast::import
