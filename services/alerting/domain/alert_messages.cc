#include "services/alerting/domain/alert_messages.h"

#include "libs/permanence/dates.h"

namespace holdfast::alerting {

v1::AlertClock MessageOf(const ClockRun& run) {
  v1::AlertClock clock;
  clock.set_clock(run.clock);
  clock.set_entry(run.entry.Bytes());
  clock.set_occurrence(static_cast<uint32_t>(run.occurrence));
  SetDate(run.start, clock.mutable_started_on());
  if (run.due) SetDate(*run.due, clock.mutable_due_on());
  if (run.not_known_since) SetDate(*run.not_known_since, clock.mutable_not_known_since());
  clock.set_confidence(std::string(ConfidenceMark(run.confidence)));
  for (const auto& fact : run.facts) clock.add_facts(fact.Bytes());
  return clock;
}

v1::AlertState MessageOf(AlertState state) {
  switch (state) {
    case AlertState::kUpcoming:
      return v1::ALERT_STATE_UPCOMING;
    case AlertState::kDue:
      return v1::ALERT_STATE_DUE;
    case AlertState::kOverdue:
      return v1::ALERT_STATE_OVERDUE;
    case AlertState::kEscalated:
      return v1::ALERT_STATE_ESCALATED;
    case AlertState::kNotKnown:
      return v1::ALERT_STATE_NOT_KNOWN;
    case AlertState::kResolved:
      return v1::ALERT_STATE_RESOLVED;
    case AlertState::kAcknowledged:
      return v1::ALERT_STATE_ACKNOWLEDGED;
    case AlertState::kSnoozed:
      return v1::ALERT_STATE_SNOOZED;
    case AlertState::kWithdrawn:
      return v1::ALERT_STATE_WITHDRAWN;
  }
  return v1::ALERT_STATE_UNSPECIFIED;
}

v1::StopKind MessageOf(StopEvent event) {
  switch (event) {
    case StopEvent::kReview:
      return v1::STOP_KIND_REVIEW;
    case StopEvent::kRegisterReferral:
      return v1::STOP_KIND_REGISTER_REFERRAL;
    case StopEvent::kMatch:
      return v1::STOP_KIND_MATCH;
    case StopEvent::kDecisionReversed:
      return v1::STOP_KIND_DECISION_REVERSED;
    case StopEvent::kAdoptionOrder:
      return v1::STOP_KIND_ADOPTION_ORDER;
    case StopEvent::kSpecialGuardianshipOrder:
      return v1::STOP_KIND_SPECIAL_GUARDIANSHIP_ORDER;
    case StopEvent::kChildArrangementsOrder:
      return v1::STOP_KIND_CHILD_ARRANGEMENTS_ORDER;
    case StopEvent::kCareEnded:
      return v1::STOP_KIND_CARE_ENDED;
    case StopEvent::kOtherLaw:
      return v1::STOP_KIND_OTHER_LAW;
    case StopEvent::kDied:
      return v1::STOP_KIND_DIED;
    case StopEvent::kPlacementEnded:
      return v1::STOP_KIND_PLACEMENT_ENDED;
    case StopEvent::kOrderEnded:
      return v1::STOP_KIND_ORDER_ENDED;
    case StopEvent::kRecommendation:
      return v1::STOP_KIND_RECOMMENDATION;
    case StopEvent::kPlan:
      return v1::STOP_KIND_PLAN;
    case StopEvent::kAgencyDecision:
      return v1::STOP_KIND_AGENCY_DECISION;
    case StopEvent::kApplicationLodged:
      return v1::STOP_KIND_APPLICATION_LODGED;
    case StopEvent::kApplicationDisposed:
      return v1::STOP_KIND_APPLICATION_DISPOSED;
    case StopEvent::kSafeguarderReported:
      return v1::STOP_KIND_SAFEGUARDER_REPORTED;
    case StopEvent::kMessage:
      return v1::STOP_KIND_MESSAGE;
    case StopEvent::kContactPurpose:
      return v1::STOP_KIND_CONTACT_PURPOSE;
    case StopEvent::kContactReview:
      return v1::STOP_KIND_CONTACT_REVIEW;
    case StopEvent::kContactEnded:
      return v1::STOP_KIND_CONTACT_ENDED;
    case StopEvent::kDiscrepancyResolved:
      return v1::STOP_KIND_DISCREPANCY_RESOLVED;
    case StopEvent::kSiblingsDecided:
      return v1::STOP_KIND_SIBLINGS_DECIDED;
    case StopEvent::kSiblingsLeft:
      return v1::STOP_KIND_SIBLINGS_LEFT;
  }
  return v1::STOP_KIND_UNSPECIFIED;
}

bool SaysTheSame(const v1::AlertClock& one, const v1::AlertClock& other) {
  v1::AlertClock left = one;
  v1::AlertClock right = other;
  left.clear_facts();
  right.clear_facts();
  return left.SerializeAsString() == right.SerializeAsString();
}

}  // namespace holdfast::alerting
