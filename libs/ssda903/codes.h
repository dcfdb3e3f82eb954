// The code sets of England's return, by year. Source: DfE, SSDA903 collection guides; Holdfast's
// own table of them.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::ssda903 {

// How a code stands in the return of one year.
enum class Standing {
  kInForce,    // in that year's code set
  kOtherYear,  // in another year's
  kNone,       // in no year's
};

// The standing of `code` in `column` (such as "PLACE") in the return whose year ends in March of
// `year`. The codes of a collection year are in force from the return ending in its March on;
// before the first, the first's.
Standing StandingOf(std::string_view column, std::string_view code, int year);

// `code` as it is compared and kept: "1.0" reads as "1"; SEX 1 and 2 as M and F.
std::string CanonicalCode(std::string_view column, std::string_view code);

}  // namespace holdfast::ssda903
