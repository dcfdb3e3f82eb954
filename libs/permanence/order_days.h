// The days of an order.
#pragma once

#include <algorithm>
#include <optional>

#include "libs/permanence/history.h"

namespace holdfast {

// None stands for no end.
inline std::optional<CivilDate> Earlier(std::optional<CivilDate> one,
                                        std::optional<CivilDate> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

// The first day on which an order is no longer in force, as far as it says itself.
inline std::optional<CivilDate> StatedEnd(const Happening& order) {
  return Earlier(order.ended, order.until ? std::optional(order.until->PlusDays(1)) : std::nullopt);
}

}  // namespace holdfast
