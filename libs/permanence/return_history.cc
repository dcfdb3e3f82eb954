#include <algorithm>
#include <string_view>

#include "libs/permanence/dates.h"
#include "libs/permanence/source_history.h"

namespace holdfast {
namespace {

using namespace cases::v1;

bool IsOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

bool IsAdoptive(std::string_view place) { return IsOneOf(place, {"A3", "A4", "A5", "A6"}); }

FactId FactOf(const KeptRow& kept) { return kept.row.statement->fact; }
const cases::v1::EpisodeRow& Says(const KeptRow& kept) { return kept.row.statement->row.episode(); }
CivilDate Decom(const KeptRow& kept) { return kept.row.decom; }

bool Touches(const KeptRow& before, const KeptRow& row) { return before.End() == Decom(row); }

// The end of something that runs to the end of `kept`: none while it is open or not known.
std::optional<CivilDate> StatedEnd(const KeptRow& kept) {
  return kept.NotKnown() ? std::nullopt : kept.End();
}
std::optional<CivilDate> NotKnownSince(const KeptRow& kept) {
  return kept.NotKnown() ? kept.row.not_known_since : std::nullopt;
}

// An open row says only that it had not ended by its year end.
std::optional<CivilDate> NotEndedBy(const KeptRow& kept) {
  return kept.End() && !kept.NotKnown() ? std::nullopt
                                        : std::optional(kept.row.statement->year_end);
}

// Rule 7 and 10, care periods.
class CarePeriods {
 public:
  explicit CarePeriods(const std::vector<KeptRow>& kept) : kept_(kept) {}

  std::vector<CarePeriod> Read() {
    for (size_t i = 0; i < kept_.size(); ++i) {
      if (i == 0) {
        Begin(i);
      } else if (Says(kept_[i]).rne() == "S") {
        EndBefore(i);
        Begin(i);
      } else if (!kept_[i - 1].cut && kept_[i - 1].HasFinalEnd() &&
                 !Touches(kept_[i - 1], kept_[i])) {
        EndBefore(i);
        Begin(i);
      }
      periods_.back().facts.push_back(FactOf(kept_[i]));
    }
    if (!kept_.empty()) Finish();
    return std::move(periods_);
  }

 private:
  void Begin(size_t i) {
    CarePeriod period;
    period.start = Decom(kept_[i]);
    period.first_key_day = period.start;
    period.start_known = Says(kept_[i]).rne() == "S";
    periods_.push_back(std::move(period));
  }

  // The period that row `next` leaves behind.
  void EndBefore(size_t next) {
    const KeptRow& last = kept_[next - 1];
    CarePeriod& period = periods_.back();
    if (!last.cut && last.HasFinalEnd()) return EndAsStated(last, period);
    period.status = EndStatus::kNotStated;
    if (last.cut && last.HasFinalEnd() && !last.row.rec.empty()) {
      period.status = EndStatus::kDisputed;
      period.reason = last.row.rec;
    }
    period.ended_by = Decom(kept_[next]);
    if (Touches(last, kept_[next])) {
      period.end = Decom(kept_[next]);
    } else {
      period.not_known_since = last.NotKnown() ? last.row.not_known_since : last.row.dec;
    }
  }

  void EndAsStated(const KeptRow& last, CarePeriod& period) {
    period.end = last.row.dec;
    period.ended_by = last.row.dec;
    period.reason = last.row.rec;
    period.status = last.row.rec.empty() ? EndStatus::kNotStated : EndStatus::kStated;
  }

  void Finish() {
    const KeptRow& last = kept_.back();
    CarePeriod& period = periods_.back();
    if (last.HasFinalEnd()) return EndAsStated(last, period);
    if (last.NotKnown()) period.not_known_since = last.row.not_known_since;
    if (last.IsX1()) period.not_known_since = last.row.dec;
    period.not_ended_by = NotEndedBy(last);
  }

  const std::vector<KeptRow>& kept_;
  std::vector<CarePeriod> periods_;
};

bool BeginsPlacement(const KeptRow* before, const KeptRow& row) {
  return !before || !Touches(*before, row) || IsOneOf(Says(row).rne(), {"S", "P", "B"});
}

std::vector<Placement> ReadPlacements(const std::vector<KeptRow>& kept) {
  std::vector<Placement> placements;
  for (size_t i = 0; i < kept.size(); ++i) {
    const KeptRow& row = kept[i];
    if (BeginsPlacement(i == 0 ? nullptr : &kept[i - 1], row)) {
      Placement placement;
      placement.start = Decom(row);
      placement.first_key_day = placement.start;
      placement.start_known = IsOneOf(Says(row).rne(), {"S", "P", "B"});
      placements.push_back(std::move(placement));
    }
    Placement& placement = placements.back();
    placement.place = Says(row).place();
    if (placement.places.empty() || placement.places.back().place != placement.place) {
      placement.places.push_back({Decom(row), placement.place});
    }
    placement.end = StatedEnd(row);
    placement.not_known_since = NotKnownSince(row);
    placement.not_ended_by = NotEndedBy(row);
    placement.facts.push_back(FactOf(row));
  }
  return placements;
}

std::vector<LegalStatus> ReadLegalStatuses(const std::vector<KeptRow>& kept) {
  std::vector<LegalStatus> statuses;
  for (size_t i = 0; i < kept.size(); ++i) {
    const KeptRow& row = kept[i];
    if (i == 0 || !Touches(kept[i - 1], row) || statuses.back().code != Says(row).ls()) {
      LegalStatus status;
      status.code = Says(row).ls();
      status.start = Decom(row);
      status.first_key_day = status.start;
      status.start_known = IsOneOf(Says(row).rne(), {"S", "L", "B", "U"});
      statuses.push_back(std::move(status));
    }
    statuses.back().end = StatedEnd(row);
    statuses.back().not_known_since = NotKnownSince(row);
    statuses.back().not_ended_by = NotEndedBy(row);
    statuses.back().facts.push_back(FactOf(row));
  }
  return statuses;
}

std::string_view OrderOf(std::string_view rec) {
  if (IsOneOf(rec, {"E11", "E12"})) return "ADOPTION";
  if (IsOneOf(rec, {"E43", "E44", "E45", "E46", "E47", "E48"})) return "SPECIAL_GUARDIANSHIP";
  if (rec == "E41") return "CHILD_ARRANGEMENTS";
  return "";
}

// Orders, the first placement for adoption and the first placement order, as the kept rows tell
// them.
void ReadFromEpisodes(const std::vector<KeptRow>& kept, std::vector<Happening>& happenings) {
  for (const auto& row : kept) {
    if (!row.row.dec || OrderOf(row.row.rec).empty()) continue;
    happenings.push_back({.entry = {},
                          .first_key_day = *row.row.dec,
                          .kind = EntryKind::kOrder,
                          .on = *row.row.dec,
                          .on_known = true,
                          .code = std::string(OrderOf(row.row.rec)),
                          .disputed = row.cut.has_value(),
                          .facts = {FactOf(row)}});
  }
  const auto placed =
      std::ranges::find_if(kept, [](const KeptRow& row) { return IsAdoptive(Says(row).place()); });
  if (placed != kept.end()) {
    happenings.push_back({.entry = {},
                          .first_key_day = Decom(*placed),
                          .kind = EntryKind::kPlacedForAdoption,
                          .on = Decom(*placed),
                          .on_known = IsOneOf(Says(*placed).rne(), {"S", "P", "T", "B", "U"}),
                          .code = {},
                          .facts = {FactOf(*placed)}});
  }
  const auto ordered =
      std::ranges::find_if(kept, [](const KeptRow& row) { return Says(row).ls() == "E1"; });
  if (ordered != kept.end()) {
    happenings.push_back({.entry = {},
                          .first_key_day = Decom(*ordered),
                          .kind = EntryKind::kOrder,
                          .on = Decom(*ordered),
                          .on_known = IsOneOf(Says(*ordered).rne(), {"S", "L", "B", "U"}),
                          .code = "PLACEMENT",
                          .facts = {FactOf(*ordered)}});
  }
}

void Add(EntryKind kind, std::optional<CivilDate> on, std::string code, const Statement& statement,
         std::vector<Happening>& happenings) {
  if (!on) return;
  happenings.push_back({.entry = {},
                        .first_key_day = *on,
                        .kind = kind,
                        .on = *on,
                        .on_known = true,
                        .code = std::move(code),
                        .facts = {statement.fact}});
}

void ReadAdoptionTables(const Layers& layers, std::vector<Happening>& happenings) {
  for (const auto* statement : layers.Believed(RETURN_TABLE_PLACED_ADOPTION)) {
    const auto& row = statement->row.placed_adoption();
    Add(EntryKind::kAgencyDecision, DayOf(row.date_placed()), "", *statement, happenings);
    Add(EntryKind::kDecisionReversed, DayOf(row.date_placed_ceased()), row.reason_placed_ceased(),
        *statement, happenings);
  }
  for (const auto* statement : layers.Believed(RETURN_TABLE_AD1)) {
    Add(EntryKind::kMatch, DayOf(statement->row.ad1().date_match()), "", *statement, happenings);
  }
}

}  // namespace

SourceHistory ReadReturns(const Layers& layers, const KeptRows& rows) {
  SourceHistory history;
  history.care_periods = CarePeriods(rows.kept).Read();
  history.placements = ReadPlacements(rows.kept);
  history.legal_statuses = ReadLegalStatuses(rows.kept);
  ReadFromEpisodes(rows.kept, history.happenings);
  ReadAdoptionTables(layers, history.happenings);
  for (const auto* statement : layers.Believed(RETURN_TABLE_REVIEWS)) {
    history.reviews.push_back({.entry = {},
                               .first_key_day = *statement->key.day,
                               .on = *statement->key.day,
                               .code = statement->row.review().review_code(),
                               .care_period = {},
                               .facts = {statement->fact}});
  }
  for (const auto* statement : layers.Believed(RETURN_TABLE_MISSING)) {
    const auto& row = statement->row.missing();
    history.missing.push_back({.entry = {},
                               .first_key_day = *statement->key.day,
                               .start = *statement->key.day,
                               .end = row.has_mis_end() ? DayOf(row.mis_end()) : std::nullopt,
                               .code = row.missing(),
                               .facts = {statement->fact}});
  }
  return history;
}

std::vector<CareDays> CareDaysOf(const std::vector<KeptRow>& kept) {
  std::vector<CareDays> days;
  for (size_t i = 0; i < kept.size(); ++i) {
    const KeptRow& row = kept[i];
    const auto next = i + 1 < kept.size() ? std::optional(Decom(kept[i + 1])) : std::nullopt;
    days.push_back({.days = {Decom(row), row.End()},
                    .known = true,
                    .why = {},
                    .legal_status = Says(row).ls(),
                    .place = Says(row).place()});
    if (row.NotKnown()) {
      days.push_back({.days = {*row.End(), next},
                      .known = false,
                      .why = row.row.refused_next ? "refused" : "not_in_next_return",
                      .legal_status = {},
                      .place = {}});
    } else if (LacksContinuation(kept, i)) {
      days.push_back({.days = {*row.row.dec, next},
                      .known = false,
                      .why = "388",
                      .legal_status = {},
                      .place = {}});
    }
  }
  std::erase_if(days, [](const CareDays& d) { return d.days.end && *d.days.end <= d.days.start; });
  return days;
}

}  // namespace holdfast
