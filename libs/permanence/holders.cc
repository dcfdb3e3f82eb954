#include <algorithm>
#include <set>

#include "libs/base/check.h"
#include "libs/permanence/pathway.h"
#include "libs/permanence/routes.h"

namespace holdfast {
namespace {

// A step that a body has to take: from the day it was opened to the day it was closed.
struct Step {
  Days days;
  Holder holder;
};

class Steps {
 public:
  Steps(const History& history, const std::string& route)
      : history_(history), route_(FindRoute(history.nation, route)) {}

  std::vector<Step> All() {
    for (const auto& happening : history_.happenings) AddHappening(happening);
    for (const auto& proceeding : history_.proceedings) AddProceeding(proceeding);
    return std::move(steps_);
  }

 private:
  void AddHappening(const Happening& happening) {
    const CivilDate on = happening.on;
    switch (happening.kind) {
      case EntryKind::kLegalPapers:
        return Add(Holder::kLegal, on, Next(EntryKind::kLegalOpinion, on));
      case EntryKind::kServiceAsked:
        return Add(Holder::kService, on, NextOfService(happening));
      case EntryKind::kPanelPapers:
        return Add(Holder::kPanel, on, Next(EntryKind::kPanel, on));
      case EntryKind::kPanel:
        return Add(Holder::kDecisionMaker, on, Next(EntryKind::kAgencyDecision, on));
      case EntryKind::kAgencyDecision:
        if (route_ != nullptr && route_->lodger == Lodger::kFamily)
          Add(Holder::kFamily, on, NextApplication(on));
        return;
      default:
        return;
    }
  }

  void AddProceeding(const Proceeding& proceeding) {
    switch (proceeding.kind) {
      case EntryKind::kReferral:
        return Add(Holder::kReporter, proceeding.on, NextHearingSet(proceeding.on));
      case EntryKind::kHearing:
        return Add(Holder::kHearing, std::min(proceeding.known_since, proceeding.on),
                   EndOfHearing(proceeding));
      case EntryKind::kSafeguarder:
        return Add(Holder::kSafeguarder, proceeding.on, proceeding.ended);
      case EntryKind::kApplication:
      case EntryKind::kProof:
      case EntryKind::kAppeal:
        return Add(Holder::kCourt, proceeding.on, proceeding.ended);
      default:
        return;
    }
  }

  // One that is continued waits until the day it was continued to, or else the next one that was
  // held.
  std::optional<CivilDate> EndOfHearing(const Proceeding& hearing) const {
    if (hearing.state != HearingState::kContinued) return hearing.ended;
    if (hearing.until) return hearing.until;
    for (const auto& other : history_.proceedings) {
      if (other.kind == EntryKind::kHearing && hearing.on < other.on && other.ended)
        return other.ended;
    }
    return std::nullopt;
  }

  std::optional<CivilDate> Next(EntryKind kind, CivilDate from) const {
    for (const auto& happening : history_.happenings) {
      if (happening.kind == kind && from <= happening.on) return happening.on;
    }
    return std::nullopt;
  }

  // When a service of that kind started, or was refused.
  std::optional<CivilDate> NextOfService(const Happening& asked) const {
    for (const auto& happening : history_.happenings) {
      const bool answers = happening.kind == EntryKind::kServiceStarted ||
                           happening.kind == EntryKind::kServiceRefused;
      if (answers && happening.code == asked.code && asked.on <= happening.on) return happening.on;
    }
    return std::nullopt;
  }

  std::optional<CivilDate> NextApplication(CivilDate from) const {
    for (const auto& proceeding : history_.proceedings) {
      if (proceeding.kind == EntryKind::kApplication && from <= proceeding.on &&
          std::ranges::find(route_->applications, proceeding.code) != route_->applications.end())
        return proceeding.on;
    }
    return std::nullopt;
  }

  std::optional<CivilDate> NextHearingSet(CivilDate from) const {
    std::optional<CivilDate> next;
    for (const auto& proceeding : history_.proceedings) {
      if (proceeding.kind != EntryKind::kHearing || proceeding.on < from) continue;
      const CivilDate set = std::max(from, std::min(proceeding.known_since, proceeding.on));
      next = next ? std::min(*next, set) : set;
    }
    return next;
  }

  void Add(Holder holder, CivilDate opened, std::optional<CivilDate> closed) {
    if (!closed || opened < *closed) steps_.push_back({{opened, closed}, holder});
  }

  const History& history_;
  const Route* const route_;
  std::vector<Step> steps_;
};

// M0, M1 where that is not known, or the day by which care had started; to M5 or the end of care.
std::optional<Days> DaysOf(const Pathway& pathway) {
  const CarePeriod* period = pathway.care_period;
  Days days;
  if (const auto first = pathway.At(Milestone::kM0).on) {
    days.start = *first;
    if (period != nullptr) days.start = std::min(days.start, period->start);
  } else if (period != nullptr) {
    days.start = period->start;
  } else {
    return std::nullopt;
  }
  days.end = pathway.At(Milestone::kM5).on;
  if (!days.end && period != nullptr) days.end = period->ended_by;
  if (days.end && *days.end <= days.start) return std::nullopt;
  return days;
}

Holder HolderOn(const std::vector<Step>& steps, CivilDate day) {
  const Step* last = nullptr;
  for (const auto& step : steps) {
    if (!step.days.Holds(day)) continue;
    const bool is_later = last == nullptr || last->days.start < step.days.start ||
                          (last->days.start == step.days.start && last->holder < step.holder);
    if (is_later) last = &step;
  }
  return last == nullptr ? Holder::kSocialWork : last->holder;
}

}  // namespace

std::vector<HeldDays> HoldersOf(const History& history, const Pathway& pathway) {
  const auto days = DaysOf(pathway);
  return days ? HoldersDuring(history, pathway.route, *days) : std::vector<HeldDays>{};
}

std::vector<HeldDays> HoldersDuring(const History& history, const std::string& route,
                                    const Days& days) {
  const auto steps = Steps(history, route).All();
  std::set<CivilDate> cuts{days.start};
  for (const auto& step : steps) {
    if (days.Holds(step.days.start)) cuts.insert(step.days.start);
    if (step.days.end && days.Holds(*step.days.end)) cuts.insert(*step.days.end);
  }
  std::vector<HeldDays> held;
  for (const CivilDate cut : cuts) {
    const Holder holder = HolderOn(steps, cut);
    if (!held.empty() && held.back().holder == holder) continue;
    if (!held.empty()) held.back().days.end = cut;
    held.push_back({{cut, days.end}, holder});
  }
  return held;
}

std::string_view NameOf(Holder holder) {
  switch (holder) {
    case Holder::kSocialWork:
      return "social_work";
    case Holder::kLegal:
      return "legal";
    case Holder::kService:
      return "service";
    case Holder::kPanel:
      return "panel";
    case Holder::kDecisionMaker:
      return "decision_maker";
    case Holder::kFamily:
      return "family";
    case Holder::kReporter:
      return "reporter";
    case Holder::kHearing:
      return "hearing";
    case Holder::kSafeguarder:
      return "safeguarder";
    case Holder::kCourt:
      return "court";
  }
  HOLDFAST_CHECK(false);
}

}  // namespace holdfast
