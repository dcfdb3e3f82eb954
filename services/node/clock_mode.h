// The deployment's clock: chosen when the data folder is made, fixed from then on.
#pragma once

#include <string_view>

namespace holdfast {

enum class ClockMode { kSystem, kManual };

inline std::string_view Text(ClockMode mode) {
  return mode == ClockMode::kManual ? "manual" : "system";
}

}  // namespace holdfast
