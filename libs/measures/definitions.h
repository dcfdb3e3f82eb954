// What each figure counts, in words that a reader of statistics can follow.
#pragma once

#include <string>
#include <string_view>

#include "libs/base/nation.h"

namespace holdfast {

// The definition of the measure with that id, as the nation's figures have it.
std::string DefinitionOf(std::string_view id, Nation nation);

}  // namespace holdfast
