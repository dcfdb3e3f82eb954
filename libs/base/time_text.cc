#include "libs/base/time_text.h"

#include <array>
#include <cstdio>

#include "libs/base/civil_date.h"

namespace holdfast {

std::string TimeText(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02d.%06dZ",
                CivilDate(static_cast<int32_t>(day.time_since_epoch().count())).Iso().c_str(),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text.data();
}

}  // namespace holdfast
