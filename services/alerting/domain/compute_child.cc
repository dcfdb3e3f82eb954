#include "services/alerting/domain/compute_child.h"

#include <algorithm>

#include "libs/permanence/build_history.h"
#include "libs/permanence/dates.h"
#include "services/alerting/domain/reconcile.h"

namespace holdfast::alerting {
namespace {

constexpr char kFeedSilence[] = "feed-silence";

// The first day after today on which something is reported that was recorded before; none: all is
// known.
std::optional<CivilDate> NextReported(const ChildKnown& known) {
  std::optional<CivilDate> next;
  if (known.facts.erased) return next;
  const auto consider = [&](CivilDate day) {
    if (known.day < day) next = next ? std::min(*next, day) : day;
  };
  for (const auto& statement : known.facts.statements) consider(statement.year_end);
  for (const auto& withdrawal : known.facts.withdrawals) consider(withdrawal.year_end);
  for (const auto& version : known.facts.record) consider(version.reported);
  for (const auto& version : known.facts.tracker) consider(version.as_of);
  for (const auto& version : known.facts.feed) consider(version.reported);
  for (const auto& departure : known.facts.departures) consider(departure.reported);
  for (const auto& told : known.facts.siblings) consider(told.reported);
  for (const auto& resolved : known.facts.resolved) consider(resolved.reported);
  for (const auto& covered : known.coverage.returns) consider(covered.year_end);
  for (const auto& live : known.coverage.live) consider(live.reported);
  for (const auto& aim : known.aims) consider(aim.from);
  return next;
}

// A feed is silent until its next message.
std::vector<ClockRun> RunOf(const ChildKnown& known, const FeedHeard& feed) {
  const PolicyClock* clock = known.policies.FindClock(kFeedSilence, feed.on);
  if (clock == nullptr) return {};
  const Limit limit{.count = feed.silent_after_days};
  return {{.clock = kFeedSilence,
           .entry = {HashId("entry", {known.child.Bytes(), "feed", feed.source})},
           .start = feed.on,
           .due = feed.on.PlusDays(feed.silent_after_days),
           .stop = {},
           .not_known_since = {},
           .confidence = clock->confidence,
           .lead_days = clock->lead_days,
           .escalation_days = clock->escalation_days,
           .facts = {},
           .limit = limit}};
}

}  // namespace

ClocksToday ClocksOf(const ChildKnown& known) {
  if (known.feed) return {known.child, RunOf(known, *known.feed), known.day};
  if (known.facts.erased) return {known.child, {}, known.day};
  const View today{.known_at = known.day};
  const History history = BuildHistory(known.child, known.facts, known.coverage, today);
  return {known.child, RunClocks(history, known.coverage, known.policies, today, known.aims),
          known.day};
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
