// National figures as comma-separated values: each row says all that its figure needs to be read
// alone.
#pragma once

#include <string>

#include "tools/holdfast/json.h"

namespace holdfast::cli {

// `answer` as NationalJson gives it: a row for each figure, and one for each figure within it, whose
// category is its path, such as route/adoption/ended.
std::string NationalCsv(const Json& answer);

}  // namespace holdfast::cli
