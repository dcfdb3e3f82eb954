#include "libs/permanence/build_history.h"

#include <algorithm>

#include "libs/permanence/entry_ids.h"
#include "libs/permanence/source_history.h"

namespace holdfast {
namespace {

void NameEntries(const SubjectId& child, History& history, std::vector<Placement>& placements) {
  EntryIds ids(child);
  for (auto& period : history.care_periods) period.entry = ids.Name("care_period", period.start);
  for (auto& placement : placements) placement.entry = ids.Name("placement", placement.start);
  for (auto& status : history.legal_statuses) status.entry = ids.Name("legal_status", status.start);
  for (auto& review : history.reviews) review.entry = ids.Name("review", review.on);
  for (auto& happening : history.happenings) {
    const std::string kind = NameOf(happening.kind);
    happening.entry = ids.Name(happening.kind == EntryKind::kOrder ? kind + "/" + happening.code : kind, happening.on);
  }
  for (auto& missing : history.missing) missing.entry = ids.Name("missing", missing.start);
}

void SortByDay(History& history) {
  std::ranges::sort(history.reviews, {}, &Review::on);
  std::ranges::sort(history.happenings, {}, [](const Happening& h) { return std::tuple(h.on, h.kind, h.code, h.facts); });
  std::ranges::sort(history.missing, {}, &MissingEpisode::start);
}

// Rule 11: the later of two care periods that share the day holds the review.
void PlaceReviews(History& history) {
  for (auto& review : history.reviews) {
    for (size_t i = 0; i < history.care_periods.size(); ++i) {
      if (history.care_periods[i].HoldsReview(review.on)) review.care_period = i;
    }
  }
}

void PlacePlacements(std::vector<Placement> placements, History& history) {
  for (auto& placement : placements) {
    CarePeriod* holder = nullptr;
    for (auto& period : history.care_periods) {
      if (period.start <= placement.start) holder = &period;
    }
    if (holder) holder->placements.push_back(std::move(placement));
  }
}

void AddRemoved(const Layers& layers, std::vector<Discrepancy>& discrepancies) {
  for (const auto* removed : layers.Removed()) {
    discrepancies.push_back({.kind = "removed_in_resubmission",
                             .facts = {removed->fact},
                             .key_day = removed->key.day,
                             .detail = removed->year_end.Iso() + " " + cases::v1::ReturnTable_Name(removed->key.table)});
  }
}

}  // namespace

History BuildHistory(const SubjectId& child, const ChildFacts& facts, const Coverage& coverage, const View& view) {
  const Layers layers(facts, view);
  const KeptRows rows = KeepRows(layers, CoveredYearEnds(coverage, cases::v1::RETURN_TABLE_EPISODES, view));
  SourceHistory returns = ReadReturns(layers, rows);

  History history;
  history.care_periods = std::move(returns.care_periods);
  history.legal_statuses = std::move(returns.legal_statuses);
  history.reviews = std::move(returns.reviews);
  history.happenings = std::move(returns.happenings);
  history.missing = std::move(returns.missing);
  history.care_days = CareDaysOf(rows.kept);
  history.died_on = rows.died_on;
  history.discrepancies = rows.discrepancies;
  AddRemoved(layers, history.discrepancies);
  std::ranges::sort(history.discrepancies);

  SortByDay(history);
  NameEntries(child, history, returns.placements);
  PlaceReviews(history);
  PlacePlacements(std::move(returns.placements), history);
  return history;
}

}  // namespace holdfast
