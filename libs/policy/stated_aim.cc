#include "libs/policy/stated_aim.h"

#include <charconv>

namespace holdfast {

std::optional<Limit> LimitFromText(std::string_view text) {
  Limit limit{.count = 0, .unit = LimitUnit::kDays, .counting = Counting::kExclusive};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), limit.count);
  if (error != std::errc() || limit.count < 1 || limit.count > 10'000) return std::nullopt;
  const std::string_view unit(rest, static_cast<size_t>(text.data() + text.size() - rest));
  if (unit == "mo") {
    limit.unit = LimitUnit::kMonths;
  } else if (unit == "wk") {
    limit.unit = LimitUnit::kWeeks;
  } else if (unit != "d") {
    return std::nullopt;
  }
  return limit;
}

}  // namespace holdfast
