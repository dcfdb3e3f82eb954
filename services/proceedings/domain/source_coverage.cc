#include "services/proceedings/domain/source_coverage.h"

#include <algorithm>

#include "services/proceedings/domain/feed_kinds.h"

namespace holdfast::proceedings {
namespace {

std::vector<v1::FeedKind> KindsOf(const v1::SourceRegistered& source) {
  std::vector<v1::FeedKind> kinds;
  for (const int kind : source.states()) kinds.push_back(static_cast<v1::FeedKind>(kind));
  if (!kinds.empty()) return kinds;
  std::ranges::copy_if(AllFeedKinds(), std::back_inserter(kinds),
                       [&](v1::FeedKind kind) { return IsOfNation(kind, source.nation()); });
  return kinds;
}

}  // namespace

std::optional<FeedCoverage> CoverageBy(const SourceFacts& source, std::string_view authority) {
  if (!source.registered) return std::nullopt;
  const auto& covers = source.registered->covers();
  if (std::ranges::find(covers, authority) == covers.end()) return std::nullopt;
  if (!source.sent_on && !source.covered_through) return std::nullopt;
  const CivilDate heard = std::max(source.sent_on.value_or(kDistantPast),
                                   source.covered_through.value_or(kDistantPast));
  return FeedCoverage{
      .source = source.registered->source(),
      .states = KindsOf(*source.registered),
      .horizon = heard.PlusDays(static_cast<int>(source.registered->silent_after_days()))};
}

}  // namespace holdfast::proceedings
