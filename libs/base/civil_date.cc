#include "libs/base/civil_date.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace holdfast {
namespace {

std::chrono::year_month_day Split(CivilDate date) {
  return std::chrono::sys_days(std::chrono::days(date.days_since_epoch()));
}

CivilDate Join(std::chrono::year_month_day ymd) {
  return CivilDate(static_cast<int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

// The number that `text` spells in decimal digits only.
std::optional<int> Digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<CivilDate> CivilDate::FromYmd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                                        std::chrono::day(day)};
  if (!ymd.ok()) return std::nullopt;
  return Join(ymd);
}

std::optional<CivilDate> CivilDate::FromIso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Digits(text.substr(0, 4));
  const auto month = Digits(text.substr(5, 2));
  const auto day = Digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return FromYmd(*year, *month, *day);
}

std::optional<CivilDate> CivilDate::FromBritish(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  const auto day = Digits(text.substr(0, 2));
  const auto month = Digits(text.substr(3, 2));
  const auto year = Digits(text.substr(6, 4));
  if (!year || !month || !day) return std::nullopt;
  return FromYmd(*year, *month, *day);
}

int CivilDate::year() const { return static_cast<int>(Split(*this).year()); }
int CivilDate::month() const {
  return static_cast<int>(static_cast<unsigned>(Split(*this).month()));
}
int CivilDate::day() const { return static_cast<int>(static_cast<unsigned>(Split(*this).day())); }

int CivilDate::weekday() const {
  // 1 January 1970 was a Thursday.
  const int shifted = (days_ + 3) % 7;
  return shifted < 0 ? shifted + 7 : shifted;
}

CivilDate CivilDate::PlusMonths(int months) const {
  const auto ymd = Split(*this);
  const auto target =
      std::chrono::year_month(ymd.year(), ymd.month()) + std::chrono::months(months);
  const std::chrono::year_month_day_last last(target.year(),
                                              std::chrono::month_day_last(target.month()));
  const auto day = ymd.day() < last.day() ? ymd.day() : last.day();
  return Join(std::chrono::year_month_day(target.year(), target.month(), day));
}

std::string CivilDate::Iso() const {
  const auto ymd = Split(*this);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return text.data();
}

}  // namespace holdfast
