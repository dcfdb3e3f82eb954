#include "libs/permanence/plans.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "libs/permanence/join_entries.h"

namespace holdfast {
namespace {

bool IsPlan(const RecordFact& fact) { return fact.kind == cases::v1::FACT_KIND_PLAN; }

std::vector<StatedPlan> AsStated(const std::vector<RecordFact>& record) {
  std::vector<StatedPlan> plans;
  for (const auto& fact : record) {
    if (!IsPlan(fact)) continue;
    plans.push_back({.on = fact.on,
                     .first_on = fact.first_on,
                     .route = fact.code,
                     .parallel = fact.parallel,
                     .contingency = fact.contingency,
                     .facts = {fact.fact}});
  }
  return plans;
}

SourceEntries<Happening> OfRoute(const std::vector<RecordFact>& stated, const std::string& route) {
  SourceEntries<Happening> source;
  for (const auto& fact : stated) {
    if (!IsPlan(fact) || fact.code != route) continue;
    source.entries.push_back({.entry = {},
                              .first_key_day = fact.first_on,
                              .kind = EntryKind::kPlan,
                              .on = fact.on,
                              .code = fact.code,
                              .facts = {fact.fact}});
    source.versions.push_back({.day = fact.on,
                               .first_day = fact.first_on,
                               .end = fact.on,
                               .facts = {fact.fact},
                               .named = fact.entry_facts});
    source.said_until.push_back(fact.on);
  }
  return source;
}

// Whether the record says of a plan that it is `which`: parallel, or a contingency.
bool IsSaid(bool RecordFact::*which, const Happening& plan, const std::vector<RecordFact>& record) {
  return std::ranges::any_of(record, [&](const RecordFact& fact) {
    return fact.*which && std::ranges::find(plan.facts, fact.fact) != plan.facts.end();
  });
}

}  // namespace

std::vector<StatedPlan> JoinPlans(const DaysStated& stated, const Assertions& assertions,
                                  History& history, Disagreements& disagreements) {
  if (std::ranges::none_of(stated.tracker, IsPlan)) return AsStated(stated.record);
  std::set<std::string> routes;
  for (const auto* source : {&stated.record, &stated.tracker}) {
    for (const auto& fact : *source) {
      if (IsPlan(fact)) routes.insert(fact.code);
    }
  }
  std::vector<StatedPlan> plans;
  for (const auto& route : routes) {
    const std::vector<SourceEntries<Happening>> sources{OfRoute(stated.tracker, route),
                                                        OfRoute(stated.record, route)};
    auto joined =
        EntryJoiner<Happening>(EntryKind::kPlan, false, sources, assertions, disagreements).Join();
    for (auto& plan : joined.entries) {
      plans.push_back({.on = plan.on,
                       .first_on = plan.first_key_day,
                       .route = plan.code,
                       .parallel = IsSaid(&RecordFact::parallel, plan, stated.record),
                       .contingency = IsSaid(&RecordFact::contingency, plan, stated.record),
                       .facts = std::move(plan.facts)});
    }
    std::ranges::move(joined.near, std::back_inserter(history.near_happenings));
  }
  return plans;
}

std::vector<Plan> PlansOf(std::vector<StatedPlan> stated) {
  std::vector<Plan> plans;
  Plan* standing[3] = {};  // the main one, a parallel one, what is to happen if they fail
  std::ranges::sort(stated, {}, [](const StatedPlan& plan) {
    return std::tuple(plan.on, plan.contingency, plan.parallel, plan.facts);
  });
  plans.reserve(stated.size());
  for (auto& plan : stated) {
    Plan*& before = standing[plan.contingency ? 2 : plan.parallel ? 1 : 0];
    if (before != nullptr && before->route == plan.route) {
      before->first_key_day = std::min(before->first_key_day, plan.first_on);
      AddFacts(plan.facts, before->facts);
      continue;
    }
    if (before != nullptr) before->ended = plan.on;
    plans.push_back({.first_key_day = plan.first_on,
                     .route = plan.route,
                     .parallel = plan.parallel,
                     .contingency = plan.contingency,
                     .since = plan.on,
                     .facts = std::move(plan.facts)});
    before = &plans.back();
  }
  return plans;
}

}  // namespace holdfast
