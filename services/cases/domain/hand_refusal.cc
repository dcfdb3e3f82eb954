#include "services/cases/domain/hand_entry.h"

namespace holdfast::cases {

std::string_view NameOf(HandRefusal refusal) {
  switch (refusal) {
    case HandRefusal::kUnknownChild:
      return "UNKNOWN_CHILD";
    case HandRefusal::kUnknownFact:
      return "UNKNOWN_FACT";
    case HandRefusal::kUnknownDiscrepancy:
      return "UNKNOWN_DISCREPANCY";
    case HandRefusal::kAnotherSources:
      return "ANOTHER_SOURCES";
    case HandRefusal::kNoLocalId:
      return "NO_LOCAL_ID";
    case HandRefusal::kNoDay:
      return "NO_DAY";
    case HandRefusal::kFutureDay:
      return "FUTURE_DAY";
    case HandRefusal::kBeforeBirth:
      return "BEFORE_BIRTH";
    case HandRefusal::kNoSuchKind:
      return "NO_SUCH_KIND";
    case HandRefusal::kNeedsCode:
      return "NEEDS_CODE";
    case HandRefusal::kNoSuchCode:
      return "NO_SUCH_CODE";
    case HandRefusal::kNoParallel:
      return "NO_PARALLEL";
    case HandRefusal::kNoHow:
      return "NO_HOW";
    case HandRefusal::kNoSuchHow:
      return "NO_SUCH_HOW";
    case HandRefusal::kNoFrequency:
      return "NO_FREQUENCY";
    case HandRefusal::kParallelAndContingency:
      return "PARALLEL_AND_CONTINGENCY";
    case HandRefusal::kNoUntil:
      return "NO_UNTIL";
    case HandRefusal::kNeedsUntil:
      return "NEEDS_UNTIL";
    case HandRefusal::kNoState:
      return "NO_STATE";
    case HandRefusal::kNeedsState:
      return "NEEDS_STATE";
    case HandRefusal::kUntilBeforeDay:
      return "UNTIL_BEFORE_DAY";
    case HandRefusal::kNeedsEntry:
      return "NEEDS_ENTRY";
    case HandRefusal::kUnknownEntry:
      return "UNKNOWN_ENTRY";
    case HandRefusal::kNothingOpen:
      return "NOTHING_OPEN";
    case HandRefusal::kSeveralOpen:
      return "SEVERAL_OPEN";
    case HandRefusal::kEndBeforeStart:
      return "END_BEFORE_START";
    case HandRefusal::kNoReason:
      return "NO_REASON";
    case HandRefusal::kKeepOrSame:
      return "KEEP_OR_SAME";
    case HandRefusal::kNoPair:
      return "NO_PAIR";
    case HandRefusal::kNoSuchVersion:
      return "NO_SUCH_VERSION";
  }
  return "";
}

std::string_view TextOf(HandRefusal refusal) {
  switch (refusal) {
    case HandRefusal::kUnknownChild:
      return "there is no such child";
    case HandRefusal::kUnknownFact:
      return "the record holds no such fact";
    case HandRefusal::kUnknownDiscrepancy:
      return "there is no such discrepancy, or it is closed";
    case HandRefusal::kAnotherSources:
      return "the fact is a return's or a tracker sheet's: state the record's own version with "
             "`case record ... --entry`";
    case HandRefusal::kNoLocalId:
      return "a child needs a local id";
    case HandRefusal::kNoDay:
      return "the day is missing";
    case HandRefusal::kFutureDay:
      return "the day lies ahead";
    case HandRefusal::kBeforeBirth:
      return "the day is before the child was born";
    case HandRefusal::kNoSuchKind:
      return "there is no such kind of fact";
    case HandRefusal::kNeedsCode:
      return "this kind of fact needs a code";
    case HandRefusal::kNoSuchCode:
      return "there is no such code for this kind of fact in the authority's nation";
    case HandRefusal::kNoParallel:
      return "only a plan stands beside another";
    case HandRefusal::kNoHow:
      return "only a view says how it was given";
    case HandRefusal::kNoSuchHow:
      return "a view is given in_person, written, through_advocate, drawn_or_played or other";
    case HandRefusal::kNoFrequency:
      return "only a contact direction says how often";
    case HandRefusal::kParallelAndContingency:
      return "a plan stands beside another, or takes its place if that fails: not both";
    case HandRefusal::kNoUntil:
      return "this kind of fact has no last day";
    case HandRefusal::kNeedsUntil:
      return "this kind of fact needs a last day";
    case HandRefusal::kNoState:
      return "only an aspect of permanence has a state: not_started, in_progress or reached";
    case HandRefusal::kNeedsState:
      return "an aspect of permanence needs a state: not_started, in_progress or reached";
    case HandRefusal::kUntilBeforeDay:
      return "the last day is before the day it happened";
    case HandRefusal::kNeedsEntry:
      return "name the order with --entry";
    case HandRefusal::kUnknownEntry:
      return "the child has no such entry of this kind";
    case HandRefusal::kNothingOpen:
      return "nothing of this kind was open the day before";
    case HandRefusal::kSeveralOpen:
      return "several of this kind were open the day before: name one with --entry";
    case HandRefusal::kEndBeforeStart:
      return "the entry starts after this day";
    case HandRefusal::kNoReason:
      return "say why";
    case HandRefusal::kKeepOrSame:
      return "keep one source's version, or say that both are the same";
    case HandRefusal::kNoPair:
      return "only of a pair can be said that both are the same";
    case HandRefusal::kNoSuchVersion:
      return "that source is not among those that disagree";
  }
  return "";
}

}  // namespace holdfast::cases
