// National figures as comma-separated values: each row says all that its figure needs to be read
// alone.
#pragma once

#include <string>

#include "tools/holdfast/json.h"

namespace holdfast::cli {

// `answer` as NationalJson gives it: a row for each figure, and one for each category of it, whose
// value is a count.
std::string NationalCsv(const Json& answer);

}  // namespace holdfast::cli
