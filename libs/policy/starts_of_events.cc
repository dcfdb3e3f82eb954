#include <algorithm>

#include "libs/policy/clock_starts.h"

namespace holdfast {
namespace {

bool Contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

std::optional<StopEvent> StopEventOf(const Happening& happening) {
  switch (happening.kind) {
    case EntryKind::kRegisterReferral:
      return StopEvent::kRegisterReferral;
    case EntryKind::kMatch:
      return StopEvent::kMatch;
    case EntryKind::kDecisionReversed:
      return StopEvent::kDecisionReversed;
    case EntryKind::kRecommendation:
      return StopEvent::kRecommendation;
    case EntryKind::kAgencyDecision:
      return StopEvent::kAgencyDecision;
    case EntryKind::kOrder:
      if (happening.code == "ADOPTION") return StopEvent::kAdoptionOrder;
      if (happening.code == "SPECIAL_GUARDIANSHIP") return StopEvent::kSpecialGuardianshipOrder;
      if (happening.code == "CHILD_ARRANGEMENTS") return StopEvent::kChildArrangementsOrder;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

class EventStarts {
 public:
  EventStarts(const PolicyClock& clock, const History& history)
      : clock_(clock), history_(history) {}

  std::vector<ClockStart> Read() {
    switch (clock_.starts_at) {
      case StartEvent::kAgencyDecision:
        AddHappenings(EntryKind::kAgencyDecision);
        break;
      case StartEvent::kRecommendation:
        AddHappenings(EntryKind::kRecommendation);
        break;
      case StartEvent::kApplicationIssued:
        AddApplications();
        break;
      case StartEvent::kSafeguarderAppointed:
        AddSafeguarders();
        break;
      case StartEvent::kDiscrepancyOpened:
        AddDiscrepancies();
        break;
      default:
        break;
    }
    return std::move(starts_);
  }

 private:
  void AddHappenings(EntryKind kind) {
    for (const auto& happening : history_.happenings) {
      if (happening.kind != kind || !happening.on_known || IsAfterDeath(happening.on)) continue;
      if (!IsOfRoute(happening)) continue;
      starts_.push_back({.on = happening.on,
                         .entry = happening.entry,
                         .facts = happening.facts,
                         .stop = StopAfter(happening)});
    }
  }

  void AddApplications() {
    for (const auto& application : history_.proceedings) {
      if (application.kind != EntryKind::kApplication || !application.issued ||
          !Contains(clock_.applications, application.code) || IsAfterDeath(*application.issued))
        continue;
      starts_.push_back({.on = *application.issued,
                         .entry = application.entry,
                         .facts = application.facts,
                         .stop = StopOf(application, StopEvent::kApplicationDisposed),
                         .extensions = ExtensionsOf(application)});
    }
  }

  static std::vector<CivilDate> ExtensionsOf(const Proceeding& application) {
    if (!application.until) return {};
    if (!application.untils.empty() && application.untils.back() == *application.until)
      return application.untils;
    return {*application.until};
  }

  // Known by the discrepancy's own id. One that is gone was no start.
  void AddDiscrepancies() {
    for (const auto& discrepancy : history_.discrepancies) {
      ClockStart start{
          .on = discrepancy.opened, .entry = {discrepancy.id.bytes}, .facts = discrepancy.facts};
      if (discrepancy.resolved) {
        start.stop = ClockStop{.on = std::max(discrepancy.opened, discrepancy.resolved_on),
                               .event = StopEvent::kDiscrepancyResolved,
                               .entry = start.entry};
      }
      starts_.push_back(std::move(start));
    }
  }

  void AddSafeguarders() {
    for (const auto& appointed : history_.proceedings) {
      if (appointed.kind != EntryKind::kSafeguarder || IsAfterDeath(appointed.on)) continue;
      starts_.push_back({.on = appointed.on,
                         .entry = appointed.entry,
                         .facts = appointed.facts,
                         .stop = StopOf(appointed, StopEvent::kSafeguarderReported)});
    }
  }

  // A decision or recommendation that does not say of which route is of all.
  bool IsOfRoute(const Happening& happening) const {
    return clock_.routes.empty() || happening.code.empty() ||
           Contains(clock_.routes, happening.code);
  }

  bool IsAfterDeath(CivilDate day) const { return history_.died_on && *history_.died_on <= day; }

  std::optional<ClockStop> Death() const {
    if (!history_.died_on) return std::nullopt;
    return ClockStop{.on = *history_.died_on, .event = StopEvent::kDied};
  }

  // Where an aim on the way to a permanent home ends without what it waits for; law goes on.
  std::optional<ClockStop> EndOfCareAfter(CivilDate start) const {
    if (!clock_.practice_aim) return Death();
    for (const auto& period : history_.care_periods) {
      const bool holds = period.start <= start && (!period.ended_by || start < *period.ended_by);
      if (holds) return EndOfCare(history_, period);
    }
    return Death();
  }

  std::optional<ClockStop> StopOf(const Proceeding& proceeding, StopEvent event) const {
    const auto death = Death();
    if (!proceeding.ended || (death && death->on < *proceeding.ended)) return death;
    return ClockStop{.on = *proceeding.ended,
                     .event = event,
                     .entry = proceeding.entry,
                     .facts = proceeding.facts};
  }

  std::optional<ClockStop> StopAfter(const Happening& start) const {
    std::optional<ClockStop> stop = EndOfCareAfter(start.on);
    const auto take = [&](ClockStop other) {
      if (start.on <= other.on && (!stop || other.on < stop->on)) stop = std::move(other);
    };
    for (const auto& happening : history_.happenings) {
      const auto event = StopEventOf(happening);
      if (!event || !StopsAt(*event) || happening.entry == start.entry) continue;
      if (*event == StopEvent::kAgencyDecision && !IsOfRoute(happening)) continue;
      if (*event == StopEvent::kDecisionReversed && ReversesAnEarlierOne(happening, start))
        continue;
      take({.on = happening.on,
            .event = *event,
            .entry = happening.entry,
            .facts = happening.facts});
    }
    for (const auto& proceeding : history_.proceedings) {
      if (proceeding.kind == EntryKind::kApplication && StopsAt(StopEvent::kApplicationLodged) &&
          Contains(clock_.applications, proceeding.code))
        take({.on = proceeding.on,
              .event = StopEvent::kApplicationLodged,
              .entry = proceeding.entry,
              .facts = proceeding.facts});
    }
    return stop;
  }

  bool StopsAt(StopEvent event) const {
    return std::ranges::find(clock_.stops_at, event) != clock_.stops_at.end();
  }

  // True if an old decision was reversed on the very day of the new one.
  bool ReversesAnEarlierOne(const Happening& reversal, const Happening& decision) const {
    return reversal.on == decision.on &&
           std::ranges::any_of(history_.happenings, [&](const Happening& other) {
             return other.kind == EntryKind::kAgencyDecision && other.on < decision.on;
           });
  }

  const PolicyClock& clock_;
  const History& history_;
  std::vector<ClockStart> starts_;
};

}  // namespace

std::vector<ClockStart> StartsOfEvents(const PolicyClock& clock, const History& history) {
  return EventStarts(clock, history).Read();
}

}  // namespace holdfast
