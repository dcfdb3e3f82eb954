#include "services/alerting/domain/compute_child.h"

#include <algorithm>

#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "services/alerting/domain/reconcile.h"

namespace holdfast::alerting {
namespace {

// The first day after today on which something is reported that was recorded before; none: all is
// known.
std::optional<CivilDate> NextReported(const ChildKnown& known) {
  std::optional<CivilDate> next;
  const auto consider = [&](CivilDate day) {
    if (known.day < day) next = next ? std::min(*next, day) : day;
  };
  for (const auto& statement : known.facts.statements) consider(statement.year_end);
  for (const auto& withdrawal : known.facts.withdrawals) consider(withdrawal.year_end);
  for (const auto& version : known.facts.record) consider(version.reported);
  for (const auto& covered : known.coverage.returns) consider(covered.year_end);
  for (const auto& live : known.coverage.live) consider(live.reported);
  return next;
}

}  // namespace

ClocksToday ClocksOf(const ChildKnown& known) {
  const View today{.known_at = known.day};
  const History history = BuildHistory(known.child, known.facts, known.coverage, today);
  return {known.child, RunClocks(history, known.coverage, known.policies, today), known.day};
}

Events ComputeChild(const ChildAlerts& alerts, const ChildKnown& known) {
  const ClocksToday today = ClocksOf(known);
  Events events = Reconcile(alerts, today);
  ChildAlerts after = alerts;
  for (const auto& event : events) after = Evolve(std::move(after), event);
  std::optional<CivilDate> next = NextChange(after, today);
  if (const auto reported = NextReported(known))
    next = next ? std::min(*next, *reported) : *reported;
  if (next == alerts.next_change) return events;
  v1::AlertingEvent scheduled;
  scheduled.mutable_clocks_scheduled();
  if (next) SetDate(*next, scheduled.mutable_clocks_scheduled()->mutable_next());
  events.push_back(std::move(scheduled));
  return events;
}

}  // namespace holdfast::alerting
