// A person's name as it is compared: its parts, whatever their order, case, accents and hyphens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::cases {

// The parts of a name in UTF-8, ascending, each once; none of a blank one. Letters are folded to
// small ones without accents (Latin, Greek and Cyrillic: e-acute is e, sharp s is ss, thorn is th);
// letters of other scripts stay as they are, and a byte that is no UTF-8 is a letter of its own
// (U+F700 and the byte). Apostrophes and full stops
// are left out (O'Brien is obrien), hyphens, commas and white space part (Anne-Marie is anne and
// marie).
std::vector<std::string> NameParts(std::string_view name);

}  // namespace holdfast::cases
