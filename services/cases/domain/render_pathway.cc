#include "services/cases/domain/render_pathway.h"

#include <algorithm>

#include "libs/permanence/dates.h"
#include "libs/permanence/gates.h"
#include "libs/permanence/pathway.h"

namespace holdfast::cases {
namespace {

// The last milestone reached on the plan's route in the care period that it was decided in; blank:
// none.
std::string StageOf(const History& history, const Plan& plan, CivilDate as_at) {
  size_t period = 0;
  for (size_t i = 0; i < history.care_periods.size(); ++i) {
    if (history.care_periods[i].start <= plan.since) period = i;
  }
  std::string stage;
  for (const auto& reached : PathwayOn(history, period, plan.route, as_at).milestones) {
    if (reached.state == MilestoneState::kReached) stage = NameOf(reached.milestone);
  }
  return stage;
}

void RenderPlans(const History& history, CivilDate as_at, v1::CaseView& view) {
  for (const auto& plan : history.plans) {
    auto& shown = *view.add_plans();
    shown.set_route(plan.route);
    shown.set_parallel(plan.parallel);
    shown.set_contingency(plan.contingency);
    shown.set_stage(StageOf(history, plan, as_at));
    SetDate(plan.since, shown.mutable_since());
    if (plan.ended) SetDate(*plan.ended, shown.mutable_ended());
    shown.set_entry(plan.entry.Bytes());
  }
}

// Each aspect as it was last said to be, since the first day of its being so.
void RenderAspects(const History& history, v1::CaseView& view) {
  for (const char* aspect : {"legal", "physical", "emotional"}) {
    auto& shown = *view.add_aspects();
    shown.set_aspect(aspect);
    shown.set_state("not_known");
    for (const auto& said : history.happenings) {
      if (said.kind != EntryKind::kPermanenceAspect || said.code != aspect) continue;
      if (said.state == shown.state()) continue;
      shown.set_state(said.state);
      SetDate(said.on, shown.mutable_since());
    }
  }
}

// Why, as the team said with one of these facts; blank: it is not stated or not in the open.
std::string ReasonOf(const std::vector<FactId>& of, const ChildFacts& facts) {
  std::string reason;
  for (const auto& version : facts.record) {
    const auto& text = version.words.open().text();
    if (!text.empty() && std::ranges::find(of, version.fact) != of.end()) reason = text;
  }
  return reason;
}

void RenderGates(const History& history, const ChildFacts& facts, v1::CaseView& view) {
  for (const auto& gate : GatesOf(history)) {
    auto& shown = *view.add_gates();
    shown.set_gate(std::string(NameOf(gate.kind)));
    shown.set_recommended(gate.recommended);
    if (gate.recommended_on) SetDate(*gate.recommended_on, shown.mutable_recommended_on());
    shown.set_decided(gate.decided);
    SetDate(gate.decided_on, shown.mutable_decided_on());
    if (const auto agrees = gate.Agrees()) shown.set_agrees(*agrees);
    if (const auto days = gate.Days()) shown.set_days(*days);
    shown.set_why(ReasonOf(gate.facts, facts));
    shown.set_entry(gate.entry.Bytes());
  }
}

}  // namespace

void RenderPathway(const History& history, const ChildFacts& facts, std::optional<CivilDate> day,
                   v1::CaseView& view) {
  const CivilDate as_at = day.value_or(kDistantFuture);
  RenderPlans(history, as_at, view);
  RenderAspects(history, view);
  const Pathway pathway = CurrentPathway(history, as_at);
  view.set_route(pathway.route);
  for (const auto& reached : pathway.milestones) {
    auto& shown = *view.add_milestones();
    shown.set_milestone(std::string(NameOf(reached.milestone)));
    shown.set_state(std::string(NameOf(reached.state)));
    if (reached.on) SetDate(*reached.on, shown.mutable_on());
  }
  for (const auto& held : HoldersOf(history, pathway)) {
    auto& shown = *view.add_holders();
    SetDate(held.days.start, shown.mutable_from());
    if (held.days.end) SetDate(*held.days.end, shown.mutable_to());
    shown.set_body(std::string(NameOf(held.holder)));
  }
  RenderGates(history, facts, view);
}

}  // namespace holdfast::cases
