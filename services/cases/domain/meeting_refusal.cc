#include "services/cases/domain/meeting.h"

namespace holdfast::cases {

std::string_view NameOf(MeetingState state) {
  switch (state) {
    case MeetingState::kNone:
      return "";
    case MeetingState::kPlanned:
      return "planned";
    case MeetingState::kHeld:
      return "held";
    case MeetingState::kCancelled:
      return "cancelled";
    case MeetingState::kWithdrawn:
      return "withdrawn";
  }
  return "";
}

std::string_view NameOf(MeetingRefusal refusal) {
  switch (refusal) {
    case MeetingRefusal::kUnknownMeeting:
      return "UNKNOWN_MEETING";
    case MeetingRefusal::kMeetingWithdrawn:
      return "MEETING_WITHDRAWN";
    case MeetingRefusal::kMeetingHeld:
      return "MEETING_HELD";
    case MeetingRefusal::kMeetingNotHeld:
      return "MEETING_NOT_HELD";
    case MeetingRefusal::kMeetingCancelled:
      return "MEETING_CANCELLED";
    case MeetingRefusal::kNoReason:
      return "NO_REASON";
    case MeetingRefusal::kNoSuchMeetingKind:
      return "NO_SUCH_MEETING_KIND";
    case MeetingRefusal::kNoDay:
      return "NO_DAY";
    case MeetingRefusal::kFutureDay:
      return "FUTURE_DAY";
    case MeetingRefusal::kNoSuchTime:
      return "NO_SUCH_TIME";
    case MeetingRefusal::kNoChildren:
      return "NO_CHILDREN";
    case MeetingRefusal::kTooManyChildren:
      return "TOO_MANY_CHILDREN";
    case MeetingRefusal::kChildTwice:
      return "CHILD_TWICE";
    case MeetingRefusal::kNoSuchPart:
      return "NO_SUCH_PART";
    case MeetingRefusal::kNoSuchCode:
      return "NO_SUCH_CODE";
    case MeetingRefusal::kNotOfMeeting:
      return "NOT_OF_MEETING";
    case MeetingRefusal::kNothingDecided:
      return "NOTHING_DECIDED";
    case MeetingRefusal::kNoSuchDecision:
      return "NO_SUCH_DECISION";
    case MeetingRefusal::kNeedsCode:
      return "NEEDS_CODE";
    case MeetingRefusal::kDueBeforeMeeting:
      return "DUE_BEFORE_MEETING";
  }
  return "";
}

std::string_view TextOf(MeetingRefusal refusal) {
  switch (refusal) {
    case MeetingRefusal::kUnknownMeeting:
      return "there is no such meeting";
    case MeetingRefusal::kMeetingWithdrawn:
      return "the meeting was withdrawn";
    case MeetingRefusal::kMeetingHeld:
      return "the meeting was held: correct it";
    case MeetingRefusal::kMeetingNotHeld:
      return "the meeting has not been held";
    case MeetingRefusal::kMeetingCancelled:
      return "the meeting was cancelled";
    case MeetingRefusal::kNoReason:
      return "say why";
    case MeetingRefusal::kNoSuchMeetingKind:
      return "a meeting is a review, plan_meeting, panel, hearing or core_group";
    case MeetingRefusal::kNoDay:
      return "the day is missing";
    case MeetingRefusal::kFutureDay:
      return "the day lies ahead";
    case MeetingRefusal::kNoSuchTime:
      return "a time is HH:MM";
    case MeetingRefusal::kNoChildren:
      return "name the children of whom it is";
    case MeetingRefusal::kTooManyChildren:
      return "a meeting is of at most 100 children";
    case MeetingRefusal::kChildTwice:
      return "a child is named twice";
    case MeetingRefusal::kNoSuchPart:
      return "there is no such part in which somebody comes";
    case MeetingRefusal::kNoSuchCode:
      return "there is no such code for this kind of fact in the authority's nation";
    case MeetingRefusal::kNotOfMeeting:
      return "the meeting is not of the child of whom something was decided";
    case MeetingRefusal::kNothingDecided:
      return "a decision states a fact, or who does something";
    case MeetingRefusal::kNoSuchDecision:
      return "a meeting decides a recommendation, agency_decision, plan, match or service_asked";
    case MeetingRefusal::kNeedsCode:
      return "this kind of fact needs a code";
    case MeetingRefusal::kDueBeforeMeeting:
      return "what follows is due before the meeting";
  }
  return "";
}

}  // namespace holdfast::cases
