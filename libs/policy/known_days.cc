#include "libs/policy/known_days.h"

#include <algorithm>

namespace holdfast {
namespace {

using cases::v1::ReturnTable;

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

// The first day from `day` on that no return with the event's table covers.
CivilDate FirstDayNoReturnCovers(CivilDate day, StopEvent event, const Coverage& coverage,
                                 const View& view) {
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
  for (const StopEvent event : events)
    close(FirstDayNoReturnCovers(next_day, event, coverage, view));
  if (period != nullptr && period->not_known_since) {
    close(std::max(next_day, period->not_known_since->PlusDays(1)));
  }
  const auto live_from = LiveFrom(coverage, view);
  if (!gap || (live_from && *live_from <= *gap)) return std::nullopt;
  return gap->PlusDays(-1);
}

}  // namespace holdfast
