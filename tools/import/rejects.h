// Refused rows, kept with their reason: one file a table, importable again after repair. And what
// was noted of rows that were taken.
#pragma once

#include <string>

#include "tools/import/importer.h"

namespace holdfast::import {

// To be asked before anything is imported: IN_THE_WAY when the folder is that of the return itself,
// or holds a <table>.csv that is no earlier rejects file.
Result<void> CheckRejectsFolder(const std::string& folder, const std::string& folder_of_return);

// Writes FOLDER/<table>.csv for each table with refused rows: FILE, LINE, FIELD, RULE, MESSAGE, and
// the row as it was; removes those of an earlier run for other tables. The folder is made if there
// is none; files have mode 0600.
Result<void> WriteRejects(const std::string& folder, const ssda903::Return& read,
                          const Report& report);

// Writes the notes and fields aside as one CSV, mode 0600: KIND (note, field_aside), TABLE, FILE,
// LINE, FIELD, RULE, MESSAGE. It holds no value of a row.
Result<void> WriteNotes(const std::string& path, const Report& report);

}  // namespace holdfast::import
