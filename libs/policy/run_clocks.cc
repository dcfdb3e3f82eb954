#include <algorithm>
#include <map>
#include <tuple>

#include "libs/policy/clock_run.h"
#include "libs/policy/clock_starts.h"
#include "libs/policy/known_days.h"

namespace holdfast {
namespace {

// The jurisdiction of packs whose clocks are every nation's.
constexpr std::string_view kAnyNation = "any";

// Runs every clock of one child.
class Clocks {
 public:
  Clocks(const History& history, const Coverage& coverage, const PolicySet& policies,
         const View& view, const std::vector<StatedAim>& aims)
      : history_(history), coverage_(coverage), policies_(policies), view_(view), aims_(aims) {}

  std::vector<ClockRun> Run() {
    for (const auto& pack : policies_.packs) {
      if (pack.jurisdiction != history_.nation && pack.jurisdiction != kAnyNation) continue;
      const auto ordinary = CareStretches(history_, pack.other_law);
      for (const auto& clock : pack.clocks) {
        for (auto& start : StartsOf(clock, ordinary)) Add(clock, std::move(start));
      }
    }
    std::ranges::sort(runs_, {}, [](const ClockRun& run) {
      return std::tie(run.start, run.clock, run.entry, run.occurrence);
    });
    return std::move(runs_);
  }

 private:
  std::vector<ClockStart> StartsOf(const PolicyClock& clock,
                                   const std::vector<CareStretch>& ordinary) const {
    switch (clock.runs_while) {
      case RunsWhile::kOrdinaryCare:
        return StartsInCare(clock, history_, ordinary);
      case RunsWhile::kPlaced:
        return StartsInCare(clock, history_, PlacedStretches(history_, clock.placed));
      case RunsWhile::kAlways:
        break;
    }
    switch (clock.starts_at) {
      case StartEvent::kContactAgreement:
        return StartsOfContact(clock, history_);
      case StartEvent::kSiblingsDecided:
        return StartsOfSiblings(history_);
      default:
        return StartsOfEvents(clock, history_);
    }
  }

  void Add(const PolicyClock& clock, ClockStart start) {
    const StatedAim* aim = AimFor(clock, start.stop);
    if (!clock.in_force.Holds(start.on) || (!clock.limit && aim == nullptr)) return;
    const Limit limit = start.agreed     ? start.agreed->limit
                        : aim != nullptr ? aim->limit
                                         : *clock.limit;
    ClockRun run{
        .clock = clock.id,
        .entry = start.entry,
        .occurrence = ++occurrences_[{clock.id, start.entry}],
        .start = start.on,
        .due = DueOf(start, limit),
        .stop = std::move(start.stop),
        .not_known_since =
            start.always_known
                ? std::nullopt
                : KnownThrough(start.on, StopEventsOf(clock), start.period, coverage_, view_),
        .earlier_reviews_not_known = start.earlier_reviews_not_known,
        .confidence = ConfidenceOf(clock, policies_),
        .lead_days = aim != nullptr ? aim->lead_days.value_or(clock.lead_days) : clock.lead_days,
        .escalation_days = clock.escalation_days,
        .of_reviews = clock.stops_at.front() == StopEvent::kReview && !clock.practice_aim,
        .facts = std::move(start.facts),
        .limit = limit,
        .long_extensions = LongExtensions(clock, start, limit),
        .agreed_on = start.agreed ? std::optional(start.agreed->on) : std::nullopt};
    // What is due is not known, so from its start on it is not known whether it is late.
    if (!run.due) run.not_known_since = run.start;
    // What had stopped by then needs no source after it.
    if (run.stop && run.not_known_since && run.stop->on <= *run.not_known_since)
      run.not_known_since.reset();
    runs_.push_back(std::move(run));
  }

  std::optional<CivilDate> DueOf(const ClockStart& start, const Limit& limit) const {
    if (!start.extensions.empty()) return start.extensions.back();
    const auto due = CountDays(limit, start.on, policies_.FindCalendar(limit.calendar)).last_day;
    // What is agreed makes nothing late that was not late before.
    if (due && start.agreed) return std::max(*due, start.agreed->on);
    return due && start.due_by ? std::min(*due, *start.due_by) : due;
  }

  std::vector<LongExtension> LongExtensions(const PolicyClock& clock, const ClockStart& start,
                                            const Limit& limit) const {
    std::vector<LongExtension> extensions;
    if (clock.longest_extension_days == 0) return extensions;
    auto last = CountDays(limit, start.on, policies_.FindCalendar(limit.calendar)).last_day;
    for (const CivilDate until : start.extensions) {
      if (last && last->PlusDays(clock.longest_extension_days) < until)
        extensions.push_back({*last, until, clock.longest_extension_days});
      last = until;
    }
    return extensions;
  }

  // The authority's own limit for a run that ends as said, or null. Law is never overridden.
  const StatedAim* AimFor(const PolicyClock& clock, const std::optional<ClockStop>& stop) const {
    if (!clock.practice_aim) return nullptr;
    const StatedAim* holds = nullptr;
    for (const auto& aim : aims_) {
      if (aim.clock != clock.id || view_.known_at < aim.from) continue;
      if (stop && stop->on < aim.from) continue;
      if (holds == nullptr || holds->from <= aim.from) holds = &aim;
    }
    return holds;
  }

  // What a clock waits for, and in care what else ends it.
  static std::vector<StopEvent> StopEventsOf(const PolicyClock& clock) {
    std::vector<StopEvent> events = clock.stops_at;
    if (clock.runs_while != RunsWhile::kAlways) events.push_back(StopEvent::kCareEnded);
    if (clock.runs_while == RunsWhile::kOrdinaryCare) events.push_back(StopEvent::kOtherLaw);
    if (clock.runs_while == RunsWhile::kPlaced) events.push_back(StopEvent::kPlacementEnded);
    return events;
  }

  const History& history_;
  const Coverage& coverage_;
  const PolicySet& policies_;
  const View& view_;
  const std::vector<StatedAim>& aims_;
  std::map<std::pair<std::string, EntryId>, int> occurrences_;
  std::vector<ClockRun> runs_;
};

}  // namespace

std::vector<ClockRun> RunClocks(const History& history, const Coverage& coverage,
                                const PolicySet& policies, const View& view,
                                const std::vector<StatedAim>& aims) {
  return Clocks(history, coverage, policies, view, aims).Run();
}

AlertId AlertIdOf(const SubjectId& child, const ClockRun& run) {
  return {HashId("alert",
                 {child.Bytes(), run.clock, run.entry.Bytes(), std::to_string(run.occurrence)})};
}

}  // namespace holdfast
