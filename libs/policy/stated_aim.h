// What an authority states of a practice aim: a limit and lead days of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/civil_date.h"
#include "libs/policy/day_count.h"

namespace holdfast {

// Holds from that day on, for every run of the clock that has not stopped before it.
struct StatedAim {
  std::string clock;
  Limit limit;
  std::optional<int> lead_days;  // none: the pack's
  CivilDate from;

  bool operator==(const StatedAim&) const = default;
};

// Months, weeks or days, such as 18mo, 14wk or 28d, counted from the day after the start; nothing
// for any other text.
std::optional<Limit> LimitFromText(std::string_view text);

}  // namespace holdfast
