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
    case EntryKind::kReferral:
      return "referral";
    case EntryKind::kGrounds:
      return "grounds";
    case EntryKind::kHearing:
      return "hearing";
    case EntryKind::kApplication:
      return "application";
    case EntryKind::kProof:
      return "proof";
    case EntryKind::kAppeal:
      return "appeal";
    case EntryKind::kSafeguarder:
      return "safeguarder";
    case EntryKind::kInvolvement:
      return "involvement";
    case EntryKind::kRecommendation:
      return "recommendation";
    case EntryKind::kPanel:
      return "panel";
    case EntryKind::kLegalPapers:
      return "legal_papers";
    case EntryKind::kLegalOpinion:
      return "legal_opinion";
    case EntryKind::kPlan:
      return "plan";
    case EntryKind::kView:
      return "view";
    case EntryKind::kAgreement:
      return "agreement";
    case EntryKind::kSession:
      return "session";
    case EntryKind::kContactReview:
      return "contact_review";
    case EntryKind::kPanelPapers:
      return "panel_papers";
    case EntryKind::kServiceAsked:
      return "service_asked";
    case EntryKind::kServiceStarted:
      return "service_started";
    case EntryKind::kServiceRefused:
      return "service_refused";
    case EntryKind::kReviewInterval:
      return "review_interval";
    case EntryKind::kPermanenceAspect:
      return "permanence_aspect";
  }
  HOLDFAST_CHECK(false);
}

std::string NameOf(HearingState state) {
  switch (state) {
    case HearingState::kPlanned:
      return "planned";
    case HearingState::kHeld:
      return "held";
    case HearingState::kContinued:
      return "continued";
    case HearingState::kCancelled:
      return "cancelled";
  }
  HOLDFAST_CHECK(false);
}

}  // namespace holdfast
