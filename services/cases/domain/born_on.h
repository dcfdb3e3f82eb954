// When a child was born, as far as it is known.
#pragma once

#include <optional>

#include "libs/permanence/facts.h"

namespace holdfast::cases {

// As the registration says, else the header of a return stated last. `facts` have their personal
// data open.
std::optional<CivilDate> BornOn(const ChildFacts& facts);

}  // namespace holdfast::cases
