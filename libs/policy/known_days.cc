#include "libs/policy/known_days.h"

#include <algorithm>
#include <vector>

namespace holdfast {
namespace {

using cases::v1::ReturnTable;
using proceedings::v1::FeedKind;

// The table of a return that states the event; none: no return does.
std::optional<ReturnTable> TableOf(StopEvent event) {
  switch (event) {
    case StopEvent::kReview:
      return cases::v1::RETURN_TABLE_REVIEWS;
    case StopEvent::kMatch:
      return cases::v1::RETURN_TABLE_AD1;
    case StopEvent::kDecisionReversed:
      return cases::v1::RETURN_TABLE_PLACED_ADOPTION;
    case StopEvent::kRegisterReferral:
    case StopEvent::kRecommendation:
    case StopEvent::kPlan:
    case StopEvent::kAgencyDecision:
    case StopEvent::kApplicationLodged:
    case StopEvent::kApplicationDisposed:
    case StopEvent::kSafeguarderReported:
    case StopEvent::kMessage:
    case StopEvent::kContactPurpose:
    case StopEvent::kContactReview:
    case StopEvent::kContactEnded:
    case StopEvent::kDiscrepancyResolved:
    case StopEvent::kSiblingsDecided:
    case StopEvent::kSiblingsLeft:
      return std::nullopt;
    case StopEvent::kAdoptionOrder:
    case StopEvent::kSpecialGuardianshipOrder:
    case StopEvent::kChildArrangementsOrder:
    case StopEvent::kCareEnded:
    case StopEvent::kOtherLaw:
    case StopEvent::kDied:
    case StopEvent::kPlacementEnded:
    case StopEvent::kOrderEnded:
      return cases::v1::RETURN_TABLE_EPISODES;
  }
  return std::nullopt;
}

// The kinds of item by which a feed states the event; none: no feed does.
std::vector<FeedKind> FeedKindsOf(StopEvent event) {
  switch (event) {
    case StopEvent::kApplicationLodged:
      return {proceedings::v1::FEED_KIND_APPLICATION_LODGED};
    case StopEvent::kApplicationDisposed:
      return {proceedings::v1::FEED_KIND_APPLICATION_DISPOSED};
    case StopEvent::kSafeguarderReported:
      return {proceedings::v1::FEED_KIND_SAFEGUARDER_REPORTED};
    case StopEvent::kAdoptionOrder:
    case StopEvent::kSpecialGuardianshipOrder:
    case StopEvent::kChildArrangementsOrder:
      return {proceedings::v1::FEED_KIND_ORDER_MADE};
    default:
      return {};
  }
}

// The last day through which feeds tell of the event; nothing when none states it.
std::optional<CivilDate> HorizonOf(StopEvent event, const Coverage& coverage) {
  std::optional<CivilDate> horizon;
  for (const FeedKind kind : FeedKindsOf(event)) {
    const auto of_kind = FeedHorizon(coverage, kind);
    if (!of_kind) return std::nullopt;
    horizon = horizon ? std::min(*horizon, *of_kind) : of_kind;
  }
  return horizon;
}

// The first day from `day` on that neither a feed nor a return with the event's table covers.
CivilDate FirstDayNotCovered(CivilDate day, StopEvent event, const Coverage& coverage,
                             const View& view) {
  const auto horizon = HorizonOf(event, coverage);
  if (horizon && day <= *horizon) day = horizon->PlusDays(1);
  const auto table = TableOf(event);
  if (!table) return day;
  for (const CivilDate year_end : CoveredYearEnds(coverage, *table, view)) {
    if (YearStart(year_end) <= day && day <= year_end) day = year_end.PlusDays(1);
  }
  return day;
}

}  // namespace

std::optional<CivilDate> KnownThrough(CivilDate start, std::span<const StopEvent> events,
                                      const CarePeriod* period, const Coverage& coverage,
                                      const View& view) {
  std::optional<CivilDate> gap;
  const auto close = [&gap](CivilDate day) { gap = gap ? std::min(*gap, day) : day; };
  const CivilDate next_day = start.PlusDays(1);
  for (const StopEvent event : events) {
    if (event != StopEvent::kDiscrepancyResolved)
      close(FirstDayNotCovered(next_day, event, coverage, view));
  }
  if (period != nullptr && period->not_known_since) {
    close(std::max(next_day, period->not_known_since->PlusDays(1)));
  }
  const auto live_from = LiveFrom(coverage, view);
  if (!gap || (live_from && *live_from <= *gap)) return std::nullopt;
  return gap->PlusDays(-1);
}

}  // namespace holdfast
