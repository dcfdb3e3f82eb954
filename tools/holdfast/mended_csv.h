// A CSV of which single rows may be broken: what else can be read of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "libs/csv/reader.h"

namespace holdfast::cli {

struct MendedCsv {
  csv::File file;                // without what is broken
  std::vector<uint64_t> broken;  // lines that begin a quoted cell and no row, ascending
};

// As csv::Read; but a quote that is never closed, or only by the quote of a row further down,
// breaks the line on which it stands and no other. Lines keep their numbers. BAD_CSV where the
// heading is what is broken.
Result<MendedCsv> ReadMendedCsv(std::string_view bytes);

}  // namespace holdfast::cli
