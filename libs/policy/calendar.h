// A calendar of working days: data, known for some years only.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "libs/base/civil_date.h"
#include "libs/policy/confidence.h"

namespace holdfast {

struct WorkingDays {
  std::string name;  // as limits name it, such as england-and-wales
  std::string title;
  std::string source;  // Act and section
  Confidence confidence = Confidence::kFromKnowledge;
  int first_year = 0;                         // known from 1 January of it
  int last_year = 0;                          // to 31 December of it
  std::array<bool, 7> weekend{};              // by CivilDate::weekday()
  std::map<CivilDate, std::string> holidays;  // and their names
  std::string content_hash;                   // SHA-256 of the file, 32 bytes

  // True if the calendar says what `day` is.
  bool Knows(CivilDate day) const { return first_year <= day.year() && day.year() <= last_year; }

  // Whether `day`, which the calendar knows, is a working day.
  bool IsWorkingDay(CivilDate day) const {
    return !weekend[static_cast<size_t>(day.weekday())] && !holidays.contains(day);
  }
};

}  // namespace holdfast
