#include "libs/permanence/gates.h"

#include <algorithm>
#include <tuple>

#include "libs/base/check.h"
#include "libs/permanence/routes.h"

namespace holdfast {
namespace {

constexpr char kHome[] = "home";

struct Recommended {
  std::string route;
  CivilDate on;
};

// The later one; of one day the first.
std::optional<Recommended> Later(std::optional<Recommended> one, std::optional<Recommended> other) {
  if (!one || !other) return one ? one : other;
  return one->on < other->on ? other : one;
}

class GateReader {
 public:
  explicit GateReader(const History& history) : history_(history) {}

  std::vector<GateDecision> Read() {
    for (const auto& happening : history_.happenings) {
      if (happening.on_known) AddHappening(happening);
    }
    for (const auto& proceeding : history_.proceedings) AddProceeding(proceeding);
    std::ranges::stable_sort(gates_, {}, [](const GateDecision& gate) {
      return std::tuple(gate.decided_on, gate.kind, gate.entry);
    });
    return std::move(gates_);
  }

 private:
  void AddHappening(const Happening& happening) {
    switch (happening.kind) {
      case EntryKind::kRecommendation:
        return Add(GateKind::kReview, PlanBefore(happening.on), happening);
      case EntryKind::kLegalOpinion:
        return Add(GateKind::kLegalOpinion, Last(EntryKind::kRecommendation, happening.on),
                   happening);
      case EntryKind::kPanel:
        return Add(GateKind::kPanel, Last(EntryKind::kRecommendation, happening.on), happening);
      case EntryKind::kAgencyDecision:
        return Add(GateKind::kAgencyDecision, LastAdvice(happening.on), happening);
      case EntryKind::kOrder:
        if (IsOfARoute(happening.code) && !IsOfAnApplication(happening)) AddOrder(happening);
        return;
      default:
        return;
    }
  }

  void AddProceeding(const Proceeding& proceeding) {
    if (proceeding.kind == EntryKind::kApplication && !proceeding.made.empty() &&
        proceeding.ended) {
      gates_.push_back({.kind = GateKind::kCourt,
                        .recommended = RouteOr(proceeding.code, *proceeding.ended),
                        .recommended_on = proceeding.on,
                        .decided = RouteOr(proceeding.made, *proceeding.ended),
                        .decided_on = *proceeding.ended,
                        .entry = proceeding.entry,
                        .facts = proceeding.facts});
    }
    if (proceeding.kind == EntryKind::kHearing && proceeding.state == HearingState::kHeld)
      AddHearing(proceeding);
  }

  void AddHearing(const Proceeding& hearing) {
    const CivilDate on = hearing.ended.value_or(hearing.on);
    const bool ends_the_order = std::ranges::any_of(history_.happenings, [&](const Happening& h) {
      return h.kind == EntryKind::kOrder && h.code == "CSO" && h.ended == on;
    });
    if (!ends_the_order) return;
    Add({.kind = GateKind::kHearing,
         .decided = kHome,
         .decided_on = on,
         .entry = hearing.entry,
         .facts = hearing.facts},
        LastOfAll(on));
  }

  void AddOrder(const Happening& order) {
    Add({.kind = GateKind::kCourt,
         .decided = RouteOr(order.code, order.on),
         .decided_on = order.on,
         .entry = order.entry,
         .facts = order.facts},
        LastOfAll(order.on));
  }

  void Add(GateKind kind, std::optional<Recommended> recommended, const Happening& happening) {
    Add({.kind = kind,
         .decided = happening.code,
         .decided_on = happening.on,
         .entry = happening.entry,
         .facts = happening.facts},
        std::move(recommended));
  }

  void Add(GateDecision gate, std::optional<Recommended> recommended) {
    if (recommended) {
      gate.recommended = std::move(recommended->route);
      gate.recommended_on = recommended->on;
    }
    gates_.push_back(std::move(gate));
  }

  // Since the care period before the one of that day ended.
  CivilDate Since(CivilDate on) const {
    CivilDate since = kDistantPast;
    for (size_t i = 1; i < history_.care_periods.size(); ++i) {
      const auto& before = history_.care_periods[i - 1];
      if (history_.care_periods[i].start <= on) since = before.ended_by.value_or(before.start);
    }
    return since;
  }

  std::optional<Recommended> PlanBefore(CivilDate on) const {
    std::optional<Recommended> before;
    for (const auto& plan : history_.plans) {
      const bool stood = Since(on) <= plan.since && plan.since < on && (!plan.ended || on <= *plan.ended);
      if (stood && !plan.parallel) before = Recommended{plan.route, plan.since};
    }
    return before;
  }

  // The last of `kind` up to that day that names a route.
  std::optional<Recommended> Last(EntryKind kind, CivilDate on) const {
    std::optional<Recommended> last;
    for (const auto& happening : history_.happenings) {
      if (happening.kind == kind && happening.on_known && !happening.code.empty() &&
          Since(on) <= happening.on && happening.on <= on)
        last = Recommended{happening.code, happening.on};
    }
    return last;
  }

  std::optional<Recommended> LastAdvice(CivilDate on) const {
    return Later(Last(EntryKind::kPanel, on), Last(EntryKind::kRecommendation, on));
  }
  std::optional<Recommended> LastOfAll(CivilDate on) const {
    return Later(Last(EntryKind::kAgencyDecision, on), LastAdvice(on));
  }

  bool IsOfARoute(std::string_view code) const {
    return std::ranges::any_of(AllRoutes(), [&](const Route& route) {
      return route.nation == history_.nation && HasOrder(route, code);
    });
  }

  static bool HasOrder(const Route& route, std::string_view code) {
    return route.order == code || std::ranges::find(route.applications, code) != route.applications.end();
  }

  // An application says itself what it came to.
  bool IsOfAnApplication(const Happening& order) const {
    return std::ranges::any_of(history_.proceedings, [&](const Proceeding& p) {
      return p.kind == EntryKind::kApplication && p.made == order.code && p.ended == order.on;
    });
  }

  // The route that an order is of: the one last named before, if it is among them; else the last of
  // them. The code of an order of none.
  std::string RouteOr(const std::string& code, CivilDate on) const {
    const auto named = LastOfAll(on);
    std::string of = code;
    for (const auto& route : AllRoutes()) {
      if (route.nation != history_.nation || !HasOrder(route, code)) continue;
      of = route.name;
      if (named && named->route == of) return of;
    }
    return of;
  }

  const History& history_;
  std::vector<GateDecision> gates_;
};

}  // namespace

std::optional<bool> GateDecision::Agrees() const {
  if (recommended.empty() || decided.empty()) return std::nullopt;
  return recommended == decided;
}

std::optional<int> GateDecision::Days() const {
  if (!recommended_on) return std::nullopt;
  return DaysBetween(*recommended_on, decided_on);
}

std::vector<GateDecision> GatesOf(const History& history) { return GateReader(history).Read(); }

std::string_view NameOf(GateKind kind) {
  switch (kind) {
    case GateKind::kReview:
      return "review";
    case GateKind::kLegalOpinion:
      return "legal_opinion";
    case GateKind::kPanel:
      return "panel";
    case GateKind::kAgencyDecision:
      return "agency_decision";
    case GateKind::kHearing:
      return "hearing";
    case GateKind::kCourt:
      return "court";
  }
  HOLDFAST_CHECK(false);
}

}  // namespace holdfast
