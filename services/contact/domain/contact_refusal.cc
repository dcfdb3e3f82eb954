#include "services/contact/domain/contact_record.h"

namespace holdfast::contact {

std::string_view NameOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kUnknownChild:
      return "UNKNOWN_CHILD";
    case Refusal::kUnknownFact:
      return "UNKNOWN_FACT";
    case Refusal::kNoSuchKind:
      return "NO_SUCH_KIND";
    case Refusal::kNoDay:
      return "NO_DAY";
    case Refusal::kFutureDay:
      return "FUTURE_DAY";
    case Refusal::kNeedsParty:
      return "NEEDS_PARTY";
    case Refusal::kNoSuchParty:
      return "NO_SUCH_PARTY";
    case Refusal::kNoSuchWay:
      return "NO_SUCH_WAY";
    case Refusal::kNoSuchPurpose:
      return "NO_SUCH_PURPOSE";
    case Refusal::kNoSuchState:
      return "NO_SUCH_STATE";
    case Refusal::kNoSuchPerson:
      return "NO_SUCH_PERSON";
    case Refusal::kNoSuchOutcome:
      return "NO_SUCH_OUTCOME";
    case Refusal::kForeignField:
      return "FOREIGN_FIELD";
    case Refusal::kReviewBeforeDay:
      return "REVIEW_BEFORE_DAY";
    case Refusal::kNeedsWords:
      return "NEEDS_WORDS";
    case Refusal::kUnknownEntry:
      return "UNKNOWN_ENTRY";
    case Refusal::kNothingOpen:
      return "NOTHING_OPEN";
    case Refusal::kSeveralOpen:
      return "SEVERAL_OPEN";
    case Refusal::kBeforeStart:
      return "BEFORE_START";
  }
  return "";
}

std::string_view TextOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kUnknownChild:
      return "there is no such child";
    case Refusal::kUnknownFact:
      return "the record holds no such fact";
    case Refusal::kNoSuchKind:
      return "there is no such kind of fact";
    case Refusal::kNoDay:
      return "the day is missing";
    case Refusal::kFutureDay:
      return "the day lies ahead";
    case Refusal::kNeedsParty:
      return "say with whom: --party";
    case Refusal::kNoSuchParty:
      return "there is no such relation to the child";
    case Refusal::kNoSuchWay:
      return "contact is direct, indirect or online";
    case Refusal::kNoSuchPurpose:
      return "a purpose is assess_return or sustain_identity";
    case Refusal::kNoSuchState:
      return "an agreement is proposed or agreed; a session planned, held, missed or cancelled";
    case Refusal::kNoSuchPerson:
      return "by whom is a relation to the child, or child, carer, worker or authority";
    case Refusal::kNoSuchOutcome:
      return "a review comes to continue, vary or end";
    case Refusal::kForeignField:
      return "this kind of fact does not state that";
    case Refusal::kReviewBeforeDay:
      return "the next review is before the day";
    case Refusal::kNeedsWords:
      return "say what was seen or said: --text";
    case Refusal::kUnknownEntry:
      return "the child has no such agreement or session";
    case Refusal::kNothingOpen:
      return "no agreement stands on that day";
    case Refusal::kSeveralOpen:
      return "several agreements stand on that day: name one with --entry, or --party";
    case Refusal::kBeforeStart:
      return "the agreement starts after this day";
  }
  return "";
}

}  // namespace holdfast::contact
