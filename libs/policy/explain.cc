#include "libs/policy/explain.h"

#include "libs/base/check.h"

namespace holdfast {
namespace {

std::string Outcome(const ClockRun& run) {
  if (run.stop) {
    std::string text =
        "stopped on " + run.stop->on.Iso() + ": " + std::string(NameOf(run.stop->event));
    if (!run.stop->detail.empty()) text += ", " + run.stop->detail;
    if (!run.stop->stated) text += "; no source states the day";
    return text;
  }
  if (run.not_known_since) {
    return "no source says what happened after " + run.not_known_since->Iso();
  }
  return "has not stopped";
}

std::vector<std::string> Notes(const ClockRun& run) {
  std::vector<std::string> notes;
  if (run.earlier_reviews_not_known) notes.push_back("earlier reviews not known");
  if (run.occurrence > 1) {
    notes.push_back("started afresh: time number " + std::to_string(run.occurrence) +
                    " of this clock in the care period");
  }
  if (run.agreed_on)
    notes.push_back("the interval is as agreed with child and carer on " + run.agreed_on->Iso());
  for (const auto& extension : run.long_extensions) {
    notes.push_back("extended to " + extension.until.Iso() + ", more than " +
                    std::to_string(extension.longest_days) +
                    " days past the last permitted day of then, " + extension.from.Iso());
  }
  return notes;
}

}  // namespace

std::string_view NameOf(StartEvent event) {
  switch (event) {
    case StartEvent::kCareStart:
      return "the start of care, or the end of other law in it";
    case StartEvent::kPlacedStart:
      return "the first day on which it applied";
    case StartEvent::kFirstReview:
      return "the first review";
    case StartEvent::kEachLaterReview:
    case StartEvent::kEachReview:
      return "the review before";
    case StartEvent::kAgencyDecision:
      return "the agency decision";
    case StartEvent::kRecommendation:
      return "the recommendation of a review";
    case StartEvent::kApplicationIssued:
      return "the day the application was issued";
    case StartEvent::kSafeguarderAppointed:
      return "the day the safeguarder was appointed";
    case StartEvent::kMessage:
      return "the day of the last message";
    case StartEvent::kContactAgreement:
      return "the agreement about contact, or its last review";
    case StartEvent::kDiscrepancyOpened:
      return "the day the discrepancy opened";
    case StartEvent::kSiblingsDecided:
      return "the decision where siblings live";
  }
  HOLDFAST_CHECK(false);
}

std::string_view NameOf(StopEvent event) {
  switch (event) {
    case StopEvent::kReview:
      return "a review was held";
    case StopEvent::kRegisterReferral:
      return "the child was referred to the register";
    case StopEvent::kMatch:
      return "the child was matched";
    case StopEvent::kDecisionReversed:
      return "the decision for adoption was reversed";
    case StopEvent::kAdoptionOrder:
      return "an adoption order was made";
    case StopEvent::kSpecialGuardianshipOrder:
      return "a special guardianship order was made";
    case StopEvent::kChildArrangementsOrder:
      return "a child arrangements order was made";
    case StopEvent::kCareEnded:
      return "the care period ended";
    case StopEvent::kOtherLaw:
      return "other law applies";
    case StopEvent::kDied:
      return "the child died";
    case StopEvent::kPlacementEnded:
      return "the placement ended";
    case StopEvent::kOrderEnded:
      return "the order ended";
    case StopEvent::kRecommendation:
      return "a review recommended a route";
    case StopEvent::kPlan:
      return "a permanence plan was recorded";
    case StopEvent::kAgencyDecision:
      return "the agency decided";
    case StopEvent::kApplicationLodged:
      return "the application was lodged";
    case StopEvent::kApplicationDisposed:
      return "the application was disposed of";
    case StopEvent::kSafeguarderReported:
      return "the safeguarder reported";
    case StopEvent::kMessage:
      return "a message came";
    case StopEvent::kContactPurpose:
      return "contact was given a purpose";
    case StopEvent::kContactReview:
      return "contact was reviewed";
    case StopEvent::kContactEnded:
      return "the agreement about contact ended";
    case StopEvent::kDiscrepancyResolved:
      return "a person decided about the discrepancy";
    case StopEvent::kSiblingsDecided:
      return "it was decided anew where siblings live";
    case StopEvent::kSiblingsLeft:
      return "the child is no longer of the sibling group";
  }
  HOLDFAST_CHECK(false);
}

Explanation Explain(const ClockRun& run, const PolicySet& policies) {
  const PolicyClock* clock = policies.FindClock(run.clock, run.start);
  HOLDFAST_CHECK(clock != nullptr);
  // One that runs no longer does not say what limit it had.
  const auto limit = run.limit.count > 0 ? std::optional(run.limit) : clock->limit;
  const std::string words = limit ? DescribeLimit(*limit) : "as the authority states, after";
  Explanation explanation{
      .title = clock->title,
      .text = clock->text,
      .rule = words + " " + std::string(NameOf(clock->starts_at)),
      .source = clock->source,
      .confidence = run.confidence,
      .days_counted =
          limit ? DescribeDayCount(*limit, run.start, policies.FindCalendar(limit->calendar)) : "",
      .outcome = Outcome(run),
      .notes = Notes(run),
      .facts = run.facts};
  if (run.stop) {
    explanation.facts.insert(explanation.facts.end(), run.stop->facts.begin(),
                             run.stop->facts.end());
  }
  return explanation;
}

}  // namespace holdfast
