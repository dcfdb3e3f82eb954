#include "libs/permanence/kept_rows.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "libs/permanence/dates.h"

namespace holdfast {
namespace {

constexpr auto kEpisodes = cases::v1::RETURN_TABLE_EPISODES;
constexpr int kMovedWithinDays = 31;

std::optional<CivilDate> NextAfter(const std::vector<CivilDate>& year_ends, CivilDate year_end) {
  const auto next = std::ranges::upper_bound(year_ends, year_end);
  return next == year_ends.end() ? std::nullopt : std::optional(*next);
}

BelievedEpisode RowOf(const Statement& statement, const Layers& layers,
                      const std::vector<CivilDate>& year_ends) {
  const auto& says = statement.row.episode();
  BelievedEpisode row;
  row.statement = &statement;
  row.decom = *statement.key.day;
  if (says.has_dec()) row.dec = DayOf(says.dec());
  row.rec = says.rec();
  if (row.dec) return row;
  const auto next = NextAfter(year_ends, statement.year_end);
  if (!next) return row;
  row.not_known_since = statement.year_end;
  row.refused_next = layers.At(statement.key, *next).refused != nullptr;
  return row;
}

// The first day on which `row` no longer runs by its own words; none: open.
std::optional<CivilDate> OwnEnd(const BelievedEpisode& row) {
  return row.not_known_since ? row.not_known_since->PlusDays(1) : row.dec;
}

// Rule 8: `later` starts before `kept` ends. True when it lies inside and is left out.
bool LiesInside(const BelievedEpisode& later, const KeptRow& kept) {
  const auto end = OwnEnd(later);
  if (!end) return false;
  if (later.not_known_since && later.not_known_since == kept.row.not_known_since) return false;
  return *end <= OwnEnd(kept.row).value_or(kept.row.statement->year_end);
}

void Take(const BelievedEpisode& row, std::vector<KeptRow>& kept, std::set<FactId>& overlapping) {
  if (!kept.empty()) {
    KeptRow& last = kept.back();
    const auto end = OwnEnd(last.row);
    if (!end || row.decom < *end) {
      overlapping.insert(last.row.statement->fact);
      overlapping.insert(row.statement->fact);
      if (LiesInside(row, last)) return;
      last.cut = row.decom;
    }
  }
  kept.push_back({.row = row, .cut = {}});
}

void AddOnePerChild(std::string kind, const std::set<FactId>& facts,
                    std::vector<Discrepancy>& discrepancies) {
  if (facts.empty()) return;
  discrepancies.push_back({.kind = std::move(kind),
                           .facts = {facts.begin(), facts.end()},
                           .key_day = {},
                           .detail = {}});
}

std::set<FactId> TwoOpen(const std::vector<BelievedEpisode>& believed) {
  std::set<FactId> open;
  for (const auto& row : believed) {
    if (row.IsOpen()) open.insert(row.statement->fact);
  }
  return open.size() > 1 ? open : std::set<FactId>{};
}

std::set<FactId> LackingContinuation(const std::vector<KeptRow>& kept) {
  std::set<FactId> rows;
  for (size_t i = 0; i < kept.size(); ++i) {
    if (LacksContinuation(kept, i)) rows.insert(kept[i].row.statement->fact);
  }
  return rows;
}

// Where `row` ends in the history, or by its own words when the history leaves it out; none: not at
// all.
std::optional<CivilDate> EndInHistory(const BelievedEpisode& row,
                                      const std::vector<KeptRow>& kept) {
  const auto found =
      std::ranges::find(kept, row.decom, [](const KeptRow& k) { return k.row.decom; });
  return found != kept.end() && found->cut ? found->cut : row.dec;
}

std::set<FactId> AfterDeath(const KeptRows& rows) {
  std::set<FactId> facts;
  for (const auto& died : rows.believed) {
    if (!died.dec || died.rec != "E2") continue;
    for (const auto& other : rows.believed) {
      if (other.decom == died.decom) continue;
      const auto end = EndInHistory(other, rows.kept);
      if (other.decom < *died.dec && end && *end <= *died.dec) continue;
      facts.insert(died.statement->fact);
      facts.insert(other.statement->fact);
    }
  }
  return facts;
}

std::optional<CivilDate> DeathOf(const std::vector<BelievedEpisode>& believed) {
  std::optional<CivilDate> died_on;
  for (const auto& row : believed) {
    if (row.dec && row.rec == "E2" && (!died_on || *row.dec < *died_on)) died_on = row.dec;
  }
  return died_on;
}

// The year end of the first whole return after `year_end`: the one that lacks what it stated.
CivilDate ReturnAfter(CivilDate year_end, const std::vector<CivilDate>& year_ends) {
  const auto next = std::ranges::upper_bound(year_ends, year_end);
  return next == year_ends.end() ? year_end : *next;
}

bool Alike(const cases::v1::EpisodeRow& a, const cases::v1::EpisodeRow& b) {
  return a.place() == b.place() && a.urn() == b.urn() && a.rne() == b.rne() && a.ls() == b.ls();
}

}  // namespace

bool LacksContinuation(const std::vector<KeptRow>& kept, size_t i) {
  const KeptRow& row = kept[i];
  if (!row.IsX1() || !row.row.dec || row.cut) return false;
  return std::ranges::none_of(kept, [&](const KeptRow& other) {
    return &other != &row && other.row.decom == *row.row.dec;
  });
}

KeptRows KeepRows(const Layers& layers, const std::vector<CivilDate>& year_ends) {
  KeptRows rows;
  for (const auto* statement : layers.Believed(kEpisodes))
    rows.believed.push_back(RowOf(*statement, layers, year_ends));
  std::set<FactId> overlapping;
  for (const auto& row : rows.believed) Take(row, rows.kept, overlapping);
  rows.died_on = DeathOf(rows.believed);

  AddOnePerChild("overlap", overlapping, rows.discrepancies);
  AddOnePerChild("two_open", TwoOpen(rows.believed), rows.discrepancies);
  AddOnePerChild("388", LackingContinuation(rows.kept), rows.discrepancies);
  AddOnePerChild("after_died", AfterDeath(rows), rows.discrepancies);
  for (const auto& row : rows.believed) {
    if (!row.not_known_since || row.refused_next) continue;
    rows.discrepancies.push_back({.kind = "not_in_next_return",
                                  .facts = {row.statement->fact},
                                  .key_day = row.decom,
                                  .detail = {},
                                  .opened = ReturnAfter(row.statement->year_end, year_ends)});
  }
  return rows;
}

std::vector<MovedDate> OfferMovedDates(const Layers& layers, const KeptRows& rows,
                                       const std::vector<CivilDate>& year_ends) {
  struct Candidate {
    int days;
    MovedDate offer;
    auto operator<=>(const Candidate&) const = default;
  };
  std::vector<Candidate> candidates;
  for (const auto& old : rows.believed) {
    if (!old.not_known_since || old.refused_next) continue;
    const CivilDate next = *NextAfter(year_ends, *old.not_known_since);
    for (const auto& fresh : rows.believed) {
      const RowKey key = fresh.statement->key;
      const auto* first = layers.At(key, next).stated;
      if (!first || layers.NewestBefore(key, next) || !Alike(old.says(), first->row.episode()))
        continue;
      const int days = std::abs(DaysBetween(old.decom, fresh.decom));
      if (days <= kMovedWithinDays) candidates.push_back({days, {old.decom, fresh.decom}});
    }
  }
  std::ranges::sort(candidates);
  std::vector<MovedDate> offers;
  for (const auto& candidate : candidates) {
    const bool taken = std::ranges::any_of(offers, [&](const MovedDate& o) {
      return o.from == candidate.offer.from || o.to == candidate.offer.to;
    });
    if (!taken) offers.push_back(candidate.offer);
  }
  return offers;
}

}  // namespace holdfast
