#include "services/cases/domain/sibling_group.h"

namespace holdfast::cases {

std::string_view NameOf(SiblingRefusal refusal) {
  switch (refusal) {
    case SiblingRefusal::kUnknownGroup:
      return "UNKNOWN_GROUP";
    case SiblingRefusal::kGroupFull:
      return "GROUP_FULL";
    case SiblingRefusal::kNotInGroup:
      return "NOT_IN_GROUP";
    case SiblingRefusal::kNoSuchSiblingDecision:
      return "NO_SUCH_SIBLING_DECISION";
    case SiblingRefusal::kNoDay:
      return "NO_DAY";
    case SiblingRefusal::kFutureDay:
      return "FUTURE_DAY";
    case SiblingRefusal::kReviewBeforeDay:
      return "REVIEW_BEFORE_DAY";
    case SiblingRefusal::kFewSiblings:
      return "FEW_SIBLINGS";
    case SiblingRefusal::kNoReason:
      return "NO_REASON";
  }
  return "";
}

std::string_view TextOf(SiblingRefusal refusal) {
  switch (refusal) {
    case SiblingRefusal::kUnknownGroup:
      return "there is no such sibling group";
    case SiblingRefusal::kGroupFull:
      return "a sibling group has at most 30 children";
    case SiblingRefusal::kNotInGroup:
      return "the child is not one of the group";
    case SiblingRefusal::kNoSuchSiblingDecision:
      return "siblings are to live together or apart";
    case SiblingRefusal::kNoDay:
      return "the day is missing";
    case SiblingRefusal::kFutureDay:
      return "the day lies ahead";
    case SiblingRefusal::kReviewBeforeDay:
      return "the review is before the day of the decision";
    case SiblingRefusal::kFewSiblings:
      return "a decision is about two children or more";
    case SiblingRefusal::kNoReason:
      return "say why";
  }
  return "";
}

}  // namespace holdfast::cases
