// Civil days in messages.
#pragma once

#include <optional>
#include <string>

#include "holdfast/common/v1/common.pb.h"
#include "libs/base/civil_date.h"

namespace holdfast {

// The day that `date` names, or nothing when there is no such day.
inline std::optional<CivilDate> DayOf(const common::v1::Date& date) {
  return CivilDate::FromYmd(date.year(), date.month(), date.day());
}

// ISO 8601; blank when there is no such day, or the date is not set.
inline std::string IsoOf(const common::v1::Date& date) {
  const auto day = DayOf(date);
  return day ? day->Iso() : "";
}

inline void SetDate(CivilDate day, common::v1::Date* date) {
  date->set_year(day.year());
  date->set_month(day.month());
  date->set_day(day.day());
}

inline common::v1::Date DateOf(CivilDate day) {
  common::v1::Date date;
  SetDate(day, &date);
  return date;
}

}  // namespace holdfast
