#include "libs/permanence/pathway.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/permanence/order_days.h"
#include "libs/permanence/routes.h"

namespace holdfast {
namespace {

// The days that belong to one care period's way: since the one before ended, until the next starts,
// as far as the last day looked at.
struct Window {
  CivilDate from = kDistantPast;
  CivilDate until = kDistantFuture;  // the first day after it
  CivilDate as_at = kDistantFuture;

  bool Holds(CivilDate day) const { return from <= day && day < until && day <= as_at; }
  bool HasPassed(const std::optional<CivilDate>& day) const { return day && *day <= as_at; }
};

Window WindowOf(const History& history, size_t index, CivilDate as_at) {
  Window window{.as_at = as_at};
  if (index > 0 && index <= history.care_periods.size()) {
    const auto& before = history.care_periods[index - 1];
    window.from = before.ended_by.value_or(before.start);
  }
  if (index + 1 < history.care_periods.size()) window.until = history.care_periods[index + 1].start;
  return window;
}

// What reached a milestone.
struct Step {
  CivilDate on;
  EntryId entry;
};

// Reads the milestones of one care period on one route.
class Way {
 public:
  Way(const History& history, size_t index, const std::string& route, CivilDate as_at)
      : history_(history),
        window_(WindowOf(history, index, as_at)),
        period_(index < history.care_periods.size() ? &history.care_periods[index] : nullptr),
        name_(route),
        route_(FindRoute(history.nation, route)) {}

  Pathway Read() {
    Pathway pathway{.care_period = period_, .route = name_, .milestones = {}};
    const auto set = [&](Milestone milestone, bool applies, std::optional<Step> step) {
      auto& at = pathway.milestones[static_cast<size_t>(milestone)];
      at.milestone = milestone;
      at.state = step      ? MilestoneState::kReached
                 : applies ? MilestoneState::kOpen
                           : MilestoneState::kNotApplicable;
      if (!step) return;
      at.on = step->on;
      at.entry = step->entry;
    };
    const auto panel = FirstOf(EntryKind::kPanel);
    const bool has_decision = route_ == nullptr || route_->has_decision ||
                              (panel && route_->ends != RouteEnd::kSupervisionEnds);
    const bool has_court = route_ == nullptr || route_->lodger != Lodger::kNobody;
    set(Milestone::kM0, true, FirstAny(EntryKind::kInvolvement));
    set(Milestone::kM1, true, LookedAfter());
    set(Milestone::kM2, true, FirstOf(EntryKind::kRecommendation));
    set(Milestone::kM3a, has_decision, panel);
    set(Milestone::kM3, has_decision, FirstOf(EntryKind::kAgencyDecision));
    set(Milestone::kM4, has_court, Lodged());
    set(Milestone::kM5, true, End());
    SetWhatIsNotKnown(pathway);
    return pathway;
  }

 private:
  std::optional<Step> LookedAfter() const {
    if (period_ == nullptr || !period_->start_known) return std::nullopt;
    return Step{period_->start, period_->entry};
  }

  std::optional<Step> FirstAny(EntryKind kind) const {
    return First([&](const Happening& h) { return h.kind == kind; });
  }

  // The first of `kind` that is of this route, or does not say of which.
  std::optional<Step> FirstOf(EntryKind kind) const {
    return First([&](const Happening& h) {
      return h.kind == kind && (h.code.empty() || name_.empty() || h.code == name_);
    });
  }

  template <typename Test>
  std::optional<Step> First(const Test& test) const {
    for (const auto& happening : history_.happenings) {
      if (test(happening) && happening.on_known && window_.Holds(happening.on))
        return Step{happening.on, happening.entry};
    }
    return std::nullopt;
  }

  std::optional<Step> Lodged() const {
    if (route_ == nullptr) return std::nullopt;
    for (const auto& proceeding : history_.proceedings) {
      if (proceeding.kind == EntryKind::kApplication && window_.Holds(proceeding.on) &&
          std::ranges::find(route_->applications, proceeding.code) != route_->applications.end())
        return Step{proceeding.on, proceeding.entry};
    }
    return std::nullopt;
  }

  std::optional<Step> End() const {
    if (route_ == nullptr) return std::nullopt;
    switch (route_->ends) {
      case RouteEnd::kOrder:
        return First([&](const Happening& h) {
          return h.kind == EntryKind::kOrder && h.code == route_->order;
        });
      case RouteEnd::kMatch:
        return Matched();
      case RouteEnd::kSupervisionEnds:
        return SupervisionEnded();
    }
    return std::nullopt;
  }

  // Of this route: none before it was planned or recommended.
  std::optional<Step> Matched() const {
    std::optional<CivilDate> began;
    if (const auto recommended = FirstOf(EntryKind::kRecommendation)) began = recommended->on;
    for (const auto& plan : history_.plans) {
      if (plan.route == name_ && window_.Holds(plan.since))
        began = began ? std::min(*began, plan.since) : plan.since;
    }
    return First([&](const Happening& h) {
      return h.kind == EntryKind::kMatch && (!began || *began <= h.on);
    });
  }

  bool IsInEngland() const { return route_->nation == "england"; }

  // An order under which a child can be at home with a parent.
  bool IsOrderAtHome(const Happening& h) const {
    if (h.kind != EntryKind::kOrder || !window_.Holds(h.on)) return false;
    return IsInEngland() ? h.code == "CARE" || h.code == "INTERIM_CARE" || h.code == "SUPERVISION"
                         : h.code == "CSO";
  }

  // The first day without the order, if it has come. That an interim order ran out ends nothing by
  // itself: the next one follows.
  std::optional<CivilDate> EndOf(const Happening& order) const {
    const bool can_run_out = order.code != "INTERIM_CARE" && window_.as_at != kDistantFuture;
    const auto end = can_run_out ? StatedEnd(order) : order.ended;
    return window_.HasPassed(end) ? end : std::nullopt;
  }

  // The last order at home has ended; without such an order, and in England without its end, care
  // has.
  std::optional<Step> SupervisionEnded() const {
    const Happening* last = nullptr;
    for (const auto& happening : history_.happenings) {
      if (IsOrderAtHome(happening)) last = &happening;
    }
    const auto end = last != nullptr ? EndOf(*last) : std::nullopt;
    if (end) return Step{*end, last->entry};
    const bool by_care = last == nullptr || IsInEngland();
    if (by_care && period_ != nullptr && window_.HasPassed(period_->end))
      return Step{*period_->end, period_->entry};
    return std::nullopt;
  }

  // Reached without a day that a source states: a later one is reached. And nothing is open any
  // more once care has ended or the route has.
  void SetWhatIsNotKnown(Pathway& pathway) const {
    bool later_reached = false;
    for (size_t i = kMilestones.size(); i-- > 0;) {
      auto& at = pathway.milestones[i];
      if (at.state == MilestoneState::kReached) later_reached = true;
      if (at.state != MilestoneState::kOpen) continue;
      const bool is_step_taken = i <= static_cast<size_t>(Milestone::kM1)
                                     ? period_ != nullptr || later_reached
                                     : later_reached;
      if (is_step_taken) {
        at.state = MilestoneState::kNotKnown;
      } else if (period_ != nullptr && window_.HasPassed(period_->ended_by)) {
        at.state = MilestoneState::kNotApplicable;
      }
    }
  }

  const History& history_;
  const Window window_;
  const CarePeriod* const period_;
  const std::string name_;
  const Route* const route_;
};

// The routes of the plans in a care period, the first named first; without a plan, of the last
// recommendation.
std::vector<std::string> RoutesNamed(const History& history, const Window& window) {
  std::vector<std::string> standing;
  std::vector<std::string> given_up;
  for (const auto& plan : history.plans) {
    if (plan.contingency) continue;
    if (window.Holds(plan.since))
      (window.HasPassed(plan.ended) ? given_up : standing).push_back(plan.route);
  }
  // Of those given up the last, when none stands.
  std::ranges::reverse(given_up);
  standing.insert(standing.end(), given_up.begin(), given_up.end());
  if (!standing.empty()) return standing;
  std::string recommended;
  for (const auto& happening : history.happenings) {
    if (happening.kind == EntryKind::kRecommendation && window.Holds(happening.on) &&
        !happening.code.empty())
      recommended = happening.code;
  }
  return {recommended};
}

// The routes that end with an order which was made, whoever named them; one that leads by way of
// another order, before those that do not, where that was made too.
std::vector<std::string> RoutesOrdered(const History& history, const Window& window) {
  const auto was_made = [&](std::string_view code) {
    return std::ranges::any_of(history.happenings, [&](const Happening& h) {
      return h.kind == EntryKind::kOrder && h.code == code && window.Holds(h.on);
    });
  };
  std::vector<std::string> ordered;
  for (const Route& route : AllRoutes()) {
    if (route.nation == history.nation && route.ends == RouteEnd::kOrder && was_made(route.order) &&
        (route.step.empty() || was_made(route.step)))
      ordered.emplace_back(route.name);
  }
  return ordered;
}

// Of the ways on `routes` the one that was achieved first; of one day, the first of them.
std::optional<Pathway> Achieved(const History& history, size_t care_period,
                                const std::vector<std::string>& routes, CivilDate as_at) {
  std::optional<Pathway> achieved;
  for (const auto& route : routes) {
    Pathway pathway = Way(history, care_period, route, as_at).Read();
    const auto& end = pathway.At(Milestone::kM5);
    if (end.on && (!achieved || *end.on < *achieved->At(Milestone::kM5).on))
      achieved = std::move(pathway);
  }
  return achieved;
}

}  // namespace

Pathway PathwayOn(const History& history, size_t care_period, const std::string& route,
                  CivilDate as_at) {
  return Way(history, care_period, route, as_at).Read();
}

Pathway CountedPathway(const History& history, size_t care_period, CivilDate as_at) {
  const Window window = WindowOf(history, care_period, as_at);
  const auto named = RoutesNamed(history, window);
  if (auto pathway = Achieved(history, care_period, named, as_at)) return *std::move(pathway);
  const auto ordered = RoutesOrdered(history, window);
  if (auto pathway = Achieved(history, care_period, ordered, as_at)) return *std::move(pathway);
  return Way(history, care_period, named.front(), as_at).Read();
}

Pathway CurrentPathway(const History& history, CivilDate as_at) {
  return CountedPathway(history, history.care_periods.empty() ? 0 : history.care_periods.size() - 1,
                        as_at);
}

std::string_view NameOf(Milestone milestone) {
  constexpr std::string_view kNames[] = {"M0", "M1", "M2", "M3a", "M3", "M4", "M5"};
  return kNames[static_cast<size_t>(milestone)];
}

std::string_view NameOf(MilestoneState state) {
  switch (state) {
    case MilestoneState::kReached:
      return "reached";
    case MilestoneState::kOpen:
      return "open";
    case MilestoneState::kNotApplicable:
      return "not_applicable";
    case MilestoneState::kNotKnown:
      return "not_known";
  }
  HOLDFAST_CHECK(false);
}

bool IsRoute(std::string_view nation, std::string_view route) {
  return FindRoute(nation, route) != nullptr;
}

}  // namespace holdfast
