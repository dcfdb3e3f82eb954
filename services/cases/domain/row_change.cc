#include "services/cases/domain/row_change.h"

#include <string>
#include <vector>

#include "libs/permanence/dates.h"

namespace holdfast::cases {
namespace {

struct Value {
  std::string text;                  // blank: not stated
  std::optional<CivilDate> end_day;  // of DEC, MIS_END and DATE_PLACED_CEASED
};

Value Text(const std::string& text) { return {text, {}}; }

Value Day(const common::v1::Date& date) { return {IsoOf(date), {}}; }

Value EndDay(const common::v1::Date& date) { return {Day(date).text, DayOf(date)}; }

std::vector<Value> ValuesOf(const v1::ReturnRow& row) {
  const auto& personal = row.personal().open();
  switch (row.content_case()) {
    case v1::ReturnRow::kHeader: {
      const auto& header = row.header();
      return {Text(header.sex()),
              Text(header.ethnic()),
              Text(header.mother()),
              Day(personal.born()),
              Text(personal.unique_pupil_number()),
              Day(personal.mothers_child_born())};
    }
    case v1::ReturnRow::kEpisode: {
      const auto& episode = row.episode();
      return {Text(episode.rne()),
              Text(episode.ls()),
              Text(episode.cin()),
              Text(episode.place()),
              Text(episode.place_provider()),
              EndDay(episode.dec()),
              Text(episode.rec()),
              Text(episode.reason_place_change()),
              Text(episode.urn()),
              Text(personal.home_postcode()),
              Text(personal.placement_postcode())};
    }
    case v1::ReturnRow::kReview:
      return {Text(row.review().review_code())};
    case v1::ReturnRow::kUasc:
      return {Text(row.uasc().sex()), Day(personal.asylum_seeking_ceases())};
    case v1::ReturnRow::kAd1: {
      const auto& ad1 = row.ad1();
      return {Day(ad1.date_match()), Text(ad1.foster_care()), Text(ad1.nb_adoptr()),
              Text(ad1.sex_adoptr()), Text(ad1.ls_adoptr())};
    }
    case v1::ReturnRow::kPlacedAdoption:
      return {EndDay(row.placed_adoption().date_placed_ceased()),
              Text(row.placed_adoption().reason_placed_ceased())};
    case v1::ReturnRow::kPreviousPermanence: {
      const auto& previous = row.previous_permanence();
      return {Text(previous.prev_perm()), Text(previous.la_perm()), Day(previous.date_perm())};
    }
    case v1::ReturnRow::kMissing:
      return {Text(row.missing().missing()), EndDay(row.missing().mis_end())};
    case v1::ReturnRow::CONTENT_NOT_SET:
      return {};
  }
  return {};
}

}  // namespace

RowChange Compare(const v1::ReturnRow& before, CivilDate year_end, const v1::ReturnRow& row) {
  const auto old_values = ValuesOf(before);
  const auto new_values = ValuesOf(row);
  RowChange change = RowChange::kSame;
  for (size_t i = 0; i < old_values.size(); ++i) {
    if (old_values[i].text == new_values[i].text) continue;
    const bool was_open_then = new_values[i].end_day && *new_values[i].end_day <= year_end;
    if (!old_values[i].text.empty() || was_open_then) return RowChange::kCorrected;
    change = RowChange::kFilled;
  }
  return change;
}

}  // namespace holdfast::cases
