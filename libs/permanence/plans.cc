#include "libs/permanence/plans.h"

#include <algorithm>
#include <tuple>

namespace holdfast {

std::vector<Plan> PlansOf(const std::vector<RecordFact>& record) {
  std::vector<Plan> plans;
  Plan* standing[3] = {};  // the main one, a parallel one, what is to happen if they fail
  std::vector<const RecordFact*> stated;
  for (const auto& fact : record) {
    if (fact.kind == cases::v1::FACT_KIND_PLAN) stated.push_back(&fact);
  }
  std::ranges::sort(stated, {}, [](const RecordFact* fact) {
    return std::tuple(fact->on, fact->contingency, fact->parallel, fact->fact);
  });
  plans.reserve(stated.size());
  for (const auto* fact : stated) {
    Plan*& before = standing[fact->contingency ? 2 : fact->parallel ? 1 : 0];
    if (before != nullptr && before->route == fact->code) {
      before->first_key_day = std::min(before->first_key_day, fact->first_on);
      before->facts.push_back(fact->fact);
      continue;
    }
    if (before != nullptr) before->ended = fact->on;
    plans.push_back({.first_key_day = fact->first_on,
                     .route = fact->code,
                     .parallel = fact->parallel,
                     .contingency = fact->contingency,
                     .since = fact->on,
                     .facts = {fact->fact}});
    before = &plans.back();
  }
  return plans;
}

}  // namespace holdfast
