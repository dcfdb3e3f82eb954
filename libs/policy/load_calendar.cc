#include "libs/policy/load_yaml.h"
#include "libs/policy/pack.h"

namespace holdfast {
namespace {

constexpr Choices<int, 7> kWeekdays{{{"monday", 0},
                                     {"tuesday", 1},
                                     {"wednesday", 2},
                                     {"thursday", 3},
                                     {"friday", 4},
                                     {"saturday", 5},
                                     {"sunday", 6}}};

WorkingDays ReadCalendar(const YamlFields& fields) {
  WorkingDays calendar{.name = fields.Name("calendar"),
                       .title = fields.Text("title"),
                       .source = fields.Text("source"),
                       .confidence = fields.OneOf("confidence", kConfidences),
                       .first_year = fields.Integer("first_year", 1900, 2200),
                       .last_year = fields.Integer("last_year", 1900, 2200)};
  if (calendar.last_year < calendar.first_year) fields.Note("last_year", "is before first_year");
  for (const int weekday : fields.SomeOf("weekend", kWeekdays)) {
    calendar.weekend[static_cast<size_t>(weekday)] = true;
  }
  for (const auto& holiday : fields.Each("holidays", {"day", "name"})) {
    const CivilDate day = holiday.Day("day");
    if (!calendar.Knows(day)) holiday.Note("day", "is outside first_year to last_year");
    if (!calendar.holidays.emplace(day, holiday.Text("name")).second) {
      holiday.Note("day", "is stated twice");
    }
  }
  return calendar;
}

}  // namespace

Result<WorkingDays> LoadCalendar(std::string_view yaml, std::string_view file_name) {
  return LoadYaml(yaml, file_name,
                  {"calendar", "title", "source", "confidence", "first_year", "last_year",
                   "weekend", "holidays"},
                  ReadCalendar);
}

}  // namespace holdfast
