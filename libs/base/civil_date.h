// A civil day, without a time zone: what statutes count in.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

// A day of the proleptic Gregorian calendar, years 1 to 9999. A value; ordered by time.
class CivilDate {
 public:
  constexpr CivilDate() = default;
  constexpr explicit CivilDate(int32_t days_since_epoch) : days_(days_since_epoch) {}

  // The day, or nothing when there is no such day.
  static std::optional<CivilDate> FromYmd(int year, int month, int day);
  // Exactly "yyyy-mm-dd".
  static std::optional<CivilDate> FromIso(std::string_view text);
  // Exactly "dd/mm/yyyy".
  static std::optional<CivilDate> FromBritish(std::string_view text);

  constexpr int32_t days_since_epoch() const { return days_; }  // of 1 January 1970
  int year() const;
  int month() const;    // 1 to 12
  int day() const;      // 1 to 31
  int weekday() const;  // 0 Monday to 6 Sunday

  constexpr CivilDate PlusDays(int days) const { return CivilDate(days_ + days); }
  // The corresponding day `months` later, or the last day of that month if there is none.
  CivilDate PlusMonths(int months) const;

  std::string Iso() const;

  constexpr auto operator<=>(const CivilDate&) const = default;

 private:
  int32_t days_ = 0;
};

// Days from `from` to `to`; negative when `to` is earlier.
constexpr int DaysBetween(CivilDate from, CivilDate to) {
  return to.days_since_epoch() - from.days_since_epoch();
}

// The last day before all others, and the last after them.
constexpr CivilDate kDistantPast{-719162};    // 1 January of year 1
constexpr CivilDate kDistantFuture{2932896};  // 31 December 9999

}  // namespace holdfast
