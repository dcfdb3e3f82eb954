#include "libs/permanence/history.h"

#include <algorithm>

#include "libs/base/check.h"

namespace holdfast {

const CareDays* CareDaysOn(const History& history, CivilDate day) {
  const auto found =
      std::ranges::find_if(history.care_days, [&](const CareDays& d) { return d.days.Holds(day); });
  return found == history.care_days.end() ? nullptr : &*found;
}

Whereabouts WhereaboutsOn(const History& history, CivilDate day) {
  const auto* days = CareDaysOn(history, day);
  if (!days) return Whereabouts::kNotLookedAfter;
  return days->known ? Whereabouts::kLookedAfter : Whereabouts::kNotKnown;
}

std::string NameOf(EntryKind kind) {
  switch (kind) {
    case EntryKind::kCarePeriod:
      return "care_period";
    case EntryKind::kPlacement:
      return "placement";
    case EntryKind::kLegalStatus:
      return "legal_status";
    case EntryKind::kReview:
      return "review";
    case EntryKind::kAgencyDecision:
      return "agency_decision";
    case EntryKind::kRegisterReferral:
      return "register_referral";
    case EntryKind::kMatch:
      return "match";
    case EntryKind::kPlacedForAdoption:
      return "placed_for_adoption";
    case EntryKind::kOrder:
      return "order";
    case EntryKind::kDecisionReversed:
      return "decision_reversed";
    case EntryKind::kMissing:
      return "missing";
  }
  HOLDFAST_CHECK(false);
}

}  // namespace holdfast
