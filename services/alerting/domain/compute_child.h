// From what is known of a child to what its alerts say: computed whole each time, never patched. No
// clock, no randomness, no I/O.
#pragma once

#include "libs/permanence/coverage.h"
#include "libs/permanence/facts.h"
#include "libs/policy/policy_set.h"
#include "libs/policy/stated_aim.h"
#include "services/alerting/domain/child_alerts.h"
#include "services/alerting/domain/clocks_today.h"

namespace holdfast::alerting {

// How a feed was last heard.
struct FeedHeard {
  std::string source;
  CivilDate on;  // of its last message
  int silent_after_days = 0;
};

// What a child's clocks follow from. All of it outlives the use.
struct ChildKnown {
  SubjectId child;
  const ChildFacts& facts;
  Coverage coverage;                   // of its authority's sources, feeds included
  const std::vector<StatedAim>& aims;  // of its authority
  const PolicySet& policies;
  std::optional<FeedHeard> feed = {};  // of a feed that is watched: it has this clock alone
  CivilDate day;                       // of the partition: what was reported by its end is known
};

ClocksToday ClocksOf(const ChildKnown& known);

// The events that make `alerts` say what is known, with the day on which they are to be computed
// again: none when they do.
Events ComputeChild(const ChildAlerts& alerts, const ChildKnown& known);

}  // namespace holdfast::alerting
