#include "libs/permanence/coverage.h"

#include <algorithm>

namespace holdfast {

std::vector<CivilDate> CoveredYearEnds(const Coverage& coverage, cases::v1::ReturnTable table,
                                       const View& view) {
  std::vector<CivilDate> year_ends;
  for (const auto& covered : coverage.returns) {
    if (!view.Sees(covered.year_end, covered.recorded_at)) continue;
    if (covered.withdrawn_at && view.Sees(covered.year_end, *covered.withdrawn_at)) continue;
    if (std::ranges::find(covered.tables, table) == covered.tables.end()) continue;
    year_ends.push_back(covered.year_end);
  }
  std::ranges::sort(year_ends);
  year_ends.erase(std::unique(year_ends.begin(), year_ends.end()), year_ends.end());
  return year_ends;
}

std::optional<CivilDate> LiveFrom(const Coverage& coverage, const View& view) {
  std::optional<CivilDate> from;
  for (const auto& live : coverage.live) {
    if (view.Sees(live.reported, live.recorded_at)) from = live.from;
  }
  return from;
}

std::optional<CivilDate> FeedHorizon(const Coverage& coverage, proceedings::v1::FeedKind kind) {
  std::optional<CivilDate> horizon;
  for (const auto& feed : coverage.feeds) {
    if (std::ranges::find(feed.states, kind) == feed.states.end()) continue;
    horizon = horizon ? std::max(*horizon, feed.horizon) : feed.horizon;
  }
  return horizon;
}

CivilDate YearStart(CivilDate year_end) {
  return CivilDate::FromYmd(year_end.year() - 1, year_end.month(), year_end.day())->PlusDays(1);
}

}  // namespace holdfast
