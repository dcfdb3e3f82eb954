// What holds of the alerts of any child, whatever becomes known and whatever people do.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/policy/alert_state.h"
#include "services/alerting/domain/alert_messages.h"
#include "services/alerting/domain/child_in_alert_tests.h"

namespace holdfast::alerting {
namespace {

const CivilDate kFirst = Day("2017-01-02");

std::string SomeDay(int from, int to) { return kFirst.PlusDays(*rc::gen::inRange(from, to)).Iso(); }

// What may be known of one child; the entry of the care period stays the same, its day may move.
ChildInTests SomeKnowledge() {
  ChildInTests child;
  if (*rc::gen::weightedElement<bool>({{1, true}, {6, false}})) return child;
  child.CareStarts(SomeDay(0, 40), *rc::gen::arbitrary<bool>());
  child.history().care_periods[0].entry =
      EntryNamed(*rc::gen::weightedElement<std::string>({{5, "care"}, {1, "care joined"}}));
  child.history().care_periods[0].facts = {FactId{{1}}};
  for (int reviews = *rc::gen::inRange(0, 3), day = 45; reviews > 0; --reviews, day += 80)
    child.Review(SomeDay(day, day + 60));
  if (*rc::gen::arbitrary<bool>()) child.Happens(EntryKind::kAgencyDecision, SomeDay(20, 60));
  if (*rc::gen::weightedElement<bool>({{1, true}, {3, false}})) child.CareEnds(SomeDay(260, 300));
  return child;
}

Coverage SomeCoverage() {
  return *rc::gen::element(0, 1, 2) == 0 ? LiveSince("2017-01-01") : CoveredByReturns({2017, 2018});
}

void SomebodyDoes(ChildInAlertTests* child, const AlertId& id, CivilDate day) {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      child->Do(Acknowledge(id));
      RC_ASSERT(child->Do(Acknowledge(id)).value_or(Events{}).empty());
      return;
    case 1: {
      const auto command = Snooze(id, day.PlusDays(*rc::gen::inRange(0, 30)).Iso());
      child->Do(command);
      RC_ASSERT(child->Do(command).value_or(Events{}).empty());
      return;
    }
    case 2:
      child->Do(Undo(id));
      RC_ASSERT(child->Do(Undo(id)).value_or(Events{}).empty());
      return;
    default:
      return;
  }
}

// Each alert says what its clock does, or what a person did about it; none is missing and none is
// left over.
void CheckThatAlertsSayWhatClocksDo(const ChildInAlertTests& child) {
  const auto today = child.Today();
  for (const auto& [id, run] : today.runs()) {
    const auto state = StateOn(run, today.day());
    const Alert* alert = child.alerts().Find(id);
    if (!state || !holdfast::IsOpen(*state)) {
      const bool open = alert != nullptr && IsOpen(alert->state);
      RC_ASSERT(!open);
      continue;
    }
    RC_ASSERT(alert != nullptr);
    RC_ASSERT(SaysTheSame(alert->clock, MessageOf(run)));
    const bool as_the_clock = alert->state == MessageOf(*state);
    RC_ASSERT(alert->handling.has_value() != as_the_clock);
    const bool shown_as_handled =
        alert->state == v1::ALERT_STATE_ACKNOWLEDGED || alert->state == v1::ALERT_STATE_SNOOZED;
    RC_ASSERT(shown_as_handled == alert->handling.has_value());
  }
  for (const auto& [id, alert] : child.alerts().alerts) {
    const bool left_over = today.Find(id) == nullptr && alert.state != v1::ALERT_STATE_WITHDRAWN;
    RC_ASSERT(!left_over);
  }
}

RC_GTEST_PROP(Alerts, SayWhatTheClocksDoAndReconcilingAgainSaysNothing, ()) {
  ChildInAlertTests child;
  CivilDate day = kFirst;
  for (int step = 0; step < 12; ++step) {
    child.Know(SomeKnowledge(), SomeCoverage());
    day = day.PlusDays(*rc::gen::inRange(0, 45));
    child.On(day.Iso());
    RC_ASSERT(Reconcile(child.alerts(), child.Today()).empty());
    CheckThatAlertsSayWhatClocksDo(child);
    const auto alerts = child.alerts().alerts;
    for (const auto& [id, alert] : alerts) SomebodyDoes(&child, id, day);
    RC_ASSERT(Reconcile(child.alerts(), child.Today()).empty());
  }
}

RC_GTEST_PROP(NextChange, LeavesNoDayOutOnWhichSomethingIsSaid, ()) {
  ChildInAlertTests child;
  child.Know(SomeKnowledge(), SomeCoverage()).On(kFirst.Iso());
  auto next = NextChange(child.alerts(), child.Today());
  for (int days = 1; days < 400; ++days) {
    const CivilDate day = kFirst.PlusDays(days);
    const bool said = !child.On(day.Iso()).empty();
    const bool foretold = next && *next == day;
    RC_ASSERT(foretold >= said);
    if (!next || *next <= day) next = NextChange(child.alerts(), child.Today());
    const auto alerts = child.alerts().alerts;
    for (const auto& [id, alert] : alerts) {
      if (said && *rc::gen::arbitrary<bool>()) child.Do(Snooze(id, day.PlusDays(9).Iso()));
    }
    next = NextChange(child.alerts(), child.Today());
  }
}

}  // namespace
}  // namespace holdfast::alerting
