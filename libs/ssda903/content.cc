#include "libs/ssda903/content.h"

#include "libs/permanence/dates.h"

namespace holdfast::ssda903 {
namespace {

using cases::v1::ReturnRow;
using Values = std::map<std::string, std::string>;

const std::string& At(const Values& values, const char* column) {
  static const std::string blank;
  const auto found = values.find(column);
  return found == values.end() ? blank : found->second;
}

// Sets `date` when the value is a day.
#define SET_DAY(mutable_date, value) \
  if (const auto day = CivilDate::FromIso(value)) SetDate(*day, mutable_date)

void SetHeader(const Values& values, const std::string& local_id, ReturnRow& row) {
  auto& header = *row.mutable_header();
  header.set_sex(At(values, "SEX"));
  header.set_ethnic(At(values, "ETHNIC"));
  header.set_mother(At(values, "MOTHER"));
  auto& personal = *row.mutable_personal()->mutable_open();
  personal.set_local_id(local_id);
  personal.set_unique_pupil_number(At(values, "UPN"));
  SET_DAY(personal.mutable_born(), At(values, "DOB"));
  SET_DAY(personal.mutable_mothers_child_born(), At(values, "MC_DOB"));
}

void SetEpisode(const Values& values, ReturnRow& row) {
  auto& episode = *row.mutable_episode();
  SET_DAY(episode.mutable_decom(), At(values, "DECOM"));
  episode.set_rne(At(values, "RNE"));
  episode.set_ls(At(values, "LS"));
  episode.set_cin(At(values, "CIN"));
  episode.set_place(At(values, "PLACE"));
  episode.set_place_provider(At(values, "PLACE_PROVIDER"));
  SET_DAY(episode.mutable_dec(), At(values, "DEC"));
  episode.set_rec(At(values, "REC"));
  episode.set_reason_place_change(At(values, "REASON_PLACE_CHANGE"));
  episode.set_urn(At(values, "URN"));
  if (At(values, "HOME_POST").empty() && At(values, "PL_POST").empty()) return;
  auto& personal = *row.mutable_personal()->mutable_open();
  personal.set_home_postcode(At(values, "HOME_POST"));
  personal.set_placement_postcode(At(values, "PL_POST"));
}

void SetUasc(const Values& values, ReturnRow& row) {
  row.mutable_uasc()->set_sex(At(values, "SEX"));
  if (const auto ceases = CivilDate::FromIso(At(values, "DUC"))) {
    SetDate(*ceases, row.mutable_personal()->mutable_open()->mutable_asylum_seeking_ceases());
  }
}

void SetAd1(const Values& values, ReturnRow& row) {
  auto& ad1 = *row.mutable_ad1();
  SET_DAY(ad1.mutable_date_int(), At(values, "DATE_INT"));
  SET_DAY(ad1.mutable_date_match(), At(values, "DATE_MATCH"));
  ad1.set_foster_care(At(values, "FOSTER_CARE"));
  ad1.set_nb_adoptr(At(values, "NB_ADOPTR"));
  ad1.set_sex_adoptr(At(values, "SEX_ADOPTR"));
  ad1.set_ls_adoptr(At(values, "LS_ADOPTR"));
}

void SetPlacedAdoption(const Values& values, ReturnRow& row) {
  auto& placed = *row.mutable_placed_adoption();
  SET_DAY(placed.mutable_date_placed(), At(values, "DATE_PLACED"));
  SET_DAY(placed.mutable_date_placed_ceased(), At(values, "DATE_PLACED_CEASED"));
  placed.set_reason_placed_ceased(At(values, "REASON_PLACED_CEASED"));
}

void SetPreviousPermanence(const Values& values, ReturnRow& row) {
  auto& previous = *row.mutable_previous_permanence();
  previous.set_prev_perm(At(values, "PREV_PERM"));
  previous.set_la_perm(At(values, "LA_PERM"));
  SET_DAY(previous.mutable_date_perm(), At(values, "DATE_PERM"));
}

void SetMissing(const Values& values, ReturnRow& row) {
  auto& missing = *row.mutable_missing();
  SET_DAY(missing.mutable_mis_start(), At(values, "MIS_START"));
  missing.set_missing(At(values, "MISSING"));
  SET_DAY(missing.mutable_mis_end(), At(values, "MIS_END"));
}

#undef SET_DAY

}  // namespace

ReturnRow ContentOf(Table table, const Values& values, const std::string& local_id) {
  ReturnRow row;
  switch (table) {
    case Table::kHeader:
      SetHeader(values, local_id, row);
      break;
    case Table::kEpisodes:
      SetEpisode(values, row);
      break;
    case Table::kReviews:
      row.mutable_review()->set_review_code(At(values, "REVIEW_CODE"));
      if (const auto day = CivilDate::FromIso(At(values, "REVIEW")))
        SetDate(*day, row.mutable_review()->mutable_review());
      break;
    case Table::kUasc:
      SetUasc(values, row);
      break;
    case Table::kAd1:
      SetAd1(values, row);
      break;
    case Table::kPlacedAdoption:
      SetPlacedAdoption(values, row);
      break;
    case Table::kPrevPerm:
      SetPreviousPermanence(values, row);
      break;
    case Table::kMissing:
      SetMissing(values, row);
      break;
    case Table::kOc2:
    case Table::kOc3:
    case Table::kSocialWorker:
      break;
  }
  return row;
}

ReturnRow KeyOnly(Table table, std::optional<CivilDate> key_day) {
  static const std::map<Table, const char*> key_columns{{Table::kEpisodes, "DECOM"},
                                                        {Table::kReviews, "REVIEW"},
                                                        {Table::kAd1, "DATE_INT"},
                                                        {Table::kMissing, "MIS_START"},
                                                        {Table::kPlacedAdoption, "DATE_PLACED"}};
  Values values;
  if (const auto column = key_columns.find(table); column != key_columns.end() && key_day) {
    values[column->second] = key_day->Iso();
  }
  ReturnRow row = ContentOf(table, values, "");
  row.clear_personal();
  return row;
}

cases::v1::ReturnTable ReturnTableOf(Table table) {
  using namespace cases::v1;
  switch (table) {
    case Table::kHeader:
      return RETURN_TABLE_HEADER;
    case Table::kEpisodes:
      return RETURN_TABLE_EPISODES;
    case Table::kReviews:
      return RETURN_TABLE_REVIEWS;
    case Table::kUasc:
      return RETURN_TABLE_UASC;
    case Table::kAd1:
      return RETURN_TABLE_AD1;
    case Table::kPlacedAdoption:
      return RETURN_TABLE_PLACED_ADOPTION;
    case Table::kPrevPerm:
      return RETURN_TABLE_PREVIOUS_PERMANENCE;
    case Table::kMissing:
      return RETURN_TABLE_MISSING;
    case Table::kOc2:
    case Table::kOc3:
    case Table::kSocialWorker:
      return RETURN_TABLE_UNSPECIFIED;
  }
  return RETURN_TABLE_UNSPECIFIED;
}

}  // namespace holdfast::ssda903
