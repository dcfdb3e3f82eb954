// Times as they are typed: RFC 3339 in UTC.
#pragma once

#include <optional>
#include <string_view>

#include "libs/base/civil_date.h"
#include "libs/base/clock.h"

namespace holdfast::cli {

// "2026-04-01T09:30:00Z", with up to six decimals of a second; nothing for any other text.
inline std::optional<Instant> ReadTime(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  const auto day = CivilDate::FromIso(text.substr(0, 10));
  const auto number = [&](size_t at, size_t size) -> std::optional<int64_t> {
    int64_t value = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const auto hours = number(11, 2);
  const auto minutes = number(14, 2);
  const auto seconds = number(17, 2);
  if (!day || !hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59)
    return std::nullopt;
  int64_t micros = 0;
  if (text.size() > 20) {
    const size_t digits = text.size() - 21;
    const auto fraction = number(20, digits);
    if (text[19] != '.' || digits == 0 || digits > 6 || !fraction) return std::nullopt;
    micros = *fraction;
    for (size_t i = digits; i < 6; ++i) micros *= 10;
  }
  return Instant(std::chrono::sys_days(std::chrono::days(day->days_since_epoch()))) +
         std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
         std::chrono::seconds(*seconds) + std::chrono::microseconds(micros);
}

}  // namespace holdfast::cli
