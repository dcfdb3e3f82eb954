#include <algorithm>
#include <map>
#include <tuple>

#include "libs/policy/care_stretches.h"
#include "libs/policy/clock_run.h"
#include "libs/policy/known_days.h"

namespace holdfast {
namespace {

// What a clock can start from: a day, the entry that gives it, and what is known of it.
struct Start {
  CivilDate on;
  EntryId entry;
  std::vector<FactId> facts;
  bool earlier_reviews_not_known = false;
};

std::optional<StopEvent> StopEventOf(const Happening& happening) {
  switch (happening.kind) {
    case EntryKind::kRegisterReferral:
      return StopEvent::kRegisterReferral;
    case EntryKind::kMatch:
      return StopEvent::kMatch;
    case EntryKind::kDecisionReversed:
      return StopEvent::kDecisionReversed;
    case EntryKind::kOrder:
      if (happening.code == "ADOPTION") return StopEvent::kAdoptionOrder;
      if (happening.code == "SPECIAL_GUARDIANSHIP") return StopEvent::kSpecialGuardianshipOrder;
      if (happening.code == "CHILD_ARRANGEMENTS") return StopEvent::kChildArrangementsOrder;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

ClockStop StopBy(const Review& review) {
  return {
      .on = review.on, .event = StopEvent::kReview, .entry = review.entry, .facts = review.facts};
}

// Runs every clock of one child.
class Clocks {
 public:
  Clocks(const History& history, const Coverage& coverage, const PolicySet& policies,
         const View& view)
      : history_(history), coverage_(coverage), policies_(policies), view_(view) {}

  std::vector<ClockRun> Run() {
    for (const auto& pack : policies_.packs) {
      const auto stretches = CareStretches(history_, pack.other_law);
      for (const auto& clock : pack.clocks) {
        if (clock.runs_while == RunsWhile::kAlways) {
          RunFromDecisions(clock);
        } else {
          for (const auto& stretch : stretches) RunInCare(clock, stretch);
        }
      }
    }
    std::ranges::sort(runs_, {}, [](const ClockRun& run) {
      return std::tie(run.start, run.clock, run.entry, run.occurrence);
    });
    return std::move(runs_);
  }

 private:
  // Review clocks. In a stretch of unknown start the first review that is seen may be any: it
  // starts the later ones.
  void RunInCare(const PolicyClock& clock, const CareStretch& stretch) {
    const auto& reviews = stretch.reviews;
    const size_t first_later = stretch.start_known ? 1 : 0;
    switch (clock.starts_at) {
      case StartEvent::kCareStart:
        if (!stretch.start_known) return;
        return Add(clock, {stretch.start, stretch.period->entry, stretch.period->facts},
                   StopInCare(stretch, 0), stretch.period);
      case StartEvent::kFirstReview:
        if (stretch.start_known && !reviews.empty()) RunFromReview(clock, stretch, 0);
        return;
      case StartEvent::kEachLaterReview:
        for (size_t i = first_later; i < reviews.size(); ++i) RunFromReview(clock, stretch, i);
        return;
      case StartEvent::kAgencyDecision:
        return;
    }
  }

  void RunFromReview(const PolicyClock& clock, const CareStretch& stretch, size_t index) {
    const Review& review = *stretch.reviews[index];
    // A review on the day that ends the stretch stops what runs and starts nothing.
    if (stretch.end && stretch.end->on <= review.on) return;
    Add(clock, {review.on, review.entry, review.facts, !stretch.start_known},
        StopInCare(stretch, index + 1), stretch.period);
  }

  // The review of that index, or what ends the stretch before there is one.
  static std::optional<ClockStop> StopInCare(const CareStretch& stretch, size_t review) {
    if (review < stretch.reviews.size()) return StopBy(*stretch.reviews[review]);
    return stretch.end;
  }

  void RunFromDecisions(const PolicyClock& clock) {
    for (const auto& decision : history_.happenings) {
      if (decision.kind != EntryKind::kAgencyDecision || !decision.on_known) continue;
      if (history_.died_on && *history_.died_on <= decision.on) continue;
      Add(clock, {decision.on, decision.entry, decision.facts}, StopAfter(clock, decision),
          nullptr);
    }
  }

  std::optional<ClockStop> StopAfter(const PolicyClock& clock, const Happening& decision) const {
    std::optional<ClockStop> stop;
    if (history_.died_on) stop = ClockStop{.on = *history_.died_on, .event = StopEvent::kDied};
    for (const auto& happening : history_.happenings) {
      const auto event = StopEventOf(happening);
      if (!event || std::ranges::find(clock.stops_at, *event) == clock.stops_at.end()) continue;
      if (happening.on < decision.on || (stop && stop->on <= happening.on)) continue;
      if (*event == StopEvent::kDecisionReversed && ReversesAnEarlierOne(happening, decision))
        continue;
      stop = ClockStop{
          .on = happening.on, .event = *event, .entry = happening.entry, .facts = happening.facts};
    }
    return stop;
  }

  // True if an old decision was reversed on the very day of the new one.
  bool ReversesAnEarlierOne(const Happening& reversal, const Happening& decision) const {
    return reversal.on == decision.on &&
           std::ranges::any_of(history_.happenings, [&](const Happening& other) {
             return other.kind == EntryKind::kAgencyDecision && other.on < decision.on;
           });
  }

  void Add(const PolicyClock& clock, Start start, std::optional<ClockStop> stop,
           const CarePeriod* period) {
    if (!clock.in_force.Holds(start.on)) return;
    ClockRun run{
        .clock = clock.id,
        .entry = start.entry,
        .occurrence = ++occurrences_[{clock.id, start.entry}],
        .start = start.on,
        .due =
            CountDays(clock.limit, start.on, policies_.FindCalendar(clock.limit.calendar)).last_day,
        .stop = std::move(stop),
        .not_known_since = KnownThrough(start.on, StopEventsOf(clock), period, coverage_, view_),
        .earlier_reviews_not_known = start.earlier_reviews_not_known,
        .confidence = ConfidenceOf(clock, policies_),
        .lead_days = clock.lead_days,
        .escalation_days = clock.escalation_days,
        .of_reviews = clock.stops_at.front() == StopEvent::kReview,
        .facts = std::move(start.facts)};
    // What is due is not known, so from its start on it is not known whether it is late.
    if (!run.due) run.not_known_since = run.start;
    // What had stopped by then needs no source after it.
    if (run.stop && run.not_known_since && run.stop->on <= *run.not_known_since)
      run.not_known_since.reset();
    runs_.push_back(std::move(run));
  }

  static std::vector<StopEvent> StopEventsOf(const PolicyClock& clock) {
    std::vector<StopEvent> events = clock.stops_at;
    if (clock.runs_while == RunsWhile::kOrdinaryCare) {
      events.push_back(StopEvent::kCareEnded);
      events.push_back(StopEvent::kOtherLaw);
    }
    events.push_back(StopEvent::kDied);
    return events;
  }

  const History& history_;
  const Coverage& coverage_;
  const PolicySet& policies_;
  const View& view_;
  std::map<std::pair<std::string, EntryId>, int> occurrences_;
  std::vector<ClockRun> runs_;
};

}  // namespace

std::vector<ClockRun> RunClocks(const History& history, const Coverage& coverage,
                                const PolicySet& policies, const View& view) {
  return Clocks(history, coverage, policies, view).Run();
}

AlertId AlertIdOf(const SubjectId& child, const ClockRun& run) {
  return {HashId("alert",
                 {child.Bytes(), run.clock, run.entry.Bytes(), std::to_string(run.occurrence)})};
}

}  // namespace holdfast
