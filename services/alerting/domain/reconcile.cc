#include "services/alerting/domain/reconcile.h"

#include <algorithm>
#include <utility>

#include "libs/permanence/dates.h"
#include "libs/policy/alert_state.h"
#include "services/alerting/domain/alert_messages.h"

namespace holdfast::alerting {
namespace {

bool SameDue(const v1::AlertClock& one, const v1::AlertClock& other) {
  return one.due_on().SerializeAsString() == other.due_on().SerializeAsString();
}

bool Stands(const Handling& handling, CivilDate day) {
  return !handling.snoozed_until || day <= *handling.snoozed_until;
}

// Emits events, each decided on what the earlier ones left.
class Reconciliation {
 public:
  Reconciliation(ChildAlerts alerts, const ClocksToday& today)
      : alerts_(std::move(alerts)), today_(today) {}

  Events Run() {
    for (const auto& [id, run] : today_.runs()) Follow(id, run);
    std::vector<AlertId> gone;
    for (const auto& [id, alert] : alerts_.alerts) {
      if (alert.state != v1::ALERT_STATE_WITHDRAWN && today_.Find(id) == nullptr)
        gone.push_back(id);
    }
    for (const auto& id : gone) WithdrawWithoutStart(id);
    return std::move(events_);
  }

 private:
  void Follow(const AlertId& id, const ClockRun& run) {
    const auto state = StateOn(run, today_.day());
    const Alert* alert = alerts_.Find(id);
    const bool shown = alert != nullptr && alert->state != v1::ALERT_STATE_WITHDRAWN;
    if (!shown) {
      if (state && holdfast::IsOpen(*state)) Raise(id, run, *state);
    } else if (!state) {
      HideUntilLater(*alert, run);
    } else if (*state == AlertState::kResolved) {
      Resolve(*alert, run);
    } else if (!IsOpen(alert->state)) {
      Raise(id, run, *state);
    } else if (!SameDue(alert->clock, MessageOf(run))) {
      Move(*alert, run, MessageOf(*state));
    } else {
      ChangeState(*alert, run, *state);
    }
  }

  void Raise(const AlertId& id, const ClockRun& run, AlertState state) {
    v1::AlertingEvent event;
    auto* raised = event.mutable_alert_raised();
    raised->set_alert(id.Bytes());
    *raised->mutable_clock() = MessageOf(run);
    raised->set_state(StateRaised(id, run, state));
    Emit(std::move(event));
  }

  // What a person said of an alert stands when it comes back with the same due day.
  v1::AlertState StateRaised(const AlertId& id, const ClockRun& run, AlertState state) const {
    const Alert* before = alerts_.Find(id);
    const bool stands = before != nullptr && before->handling &&
                        Stands(*before->handling, today_.day()) &&
                        SameDue(before->clock, MessageOf(run));
    if (!stands) return MessageOf(state);
    return before->handling->snoozed_until ? v1::ALERT_STATE_SNOOZED : v1::ALERT_STATE_ACKNOWLEDGED;
  }

  void HideUntilLater(const Alert& alert, const ClockRun& run) {
    const AlertId id = alert.id;
    if (!SameDue(alert.clock, MessageOf(run))) Move(alert, run, v1::ALERT_STATE_WITHDRAWN);
    Withdraw(id, v1::WITHDRAWAL_REASON_NOT_YET, std::nullopt);
  }

  void Resolve(const Alert& alert, const ClockRun& run) {
    const Resolution resolution{.stop = MessageOf(run.stop->event), .on = run.stop->on};
    const auto clock = MessageOf(run);
    if (alert.resolution == resolution && SaysTheSame(alert.clock, clock)) return;
    v1::AlertingEvent event;
    auto* resolved = event.mutable_alert_resolved();
    resolved->set_alert(alert.id.Bytes());
    resolved->set_stop(resolution.stop);
    SetDate(resolution.on, resolved->mutable_on());
    for (const auto& fact : run.stop->facts) resolved->add_facts(fact.Bytes());
    *resolved->mutable_clock() = clock;
    Emit(std::move(event));
  }

  void Move(const Alert& alert, const ClockRun& run, v1::AlertState state) {
    v1::AlertingEvent event;
    auto* moved = event.mutable_alert_moved();
    moved->set_alert(alert.id.Bytes());
    if (alert.clock.has_due_on()) *moved->mutable_from() = alert.clock.due_on();
    *moved->mutable_started_on_before() = alert.clock.started_on();
    *moved->mutable_clock() = MessageOf(run);
    moved->set_reason(DayOf(alert.clock.started_on()) == run.start ? v1::MOVE_REASON_POLICY_CHANGED
                                                                   : v1::MOVE_REASON_START_MOVED);
    moved->set_state(state);
    Emit(std::move(event));
  }

  void ChangeState(const Alert& alert, const ClockRun& run, AlertState state) {
    const bool handled = alert.handling && Stands(*alert.handling, today_.day());
    const v1::AlertState to = handled ? alert.state : MessageOf(state);
    const auto clock = MessageOf(run);
    if (alert.state == to && SaysTheSame(alert.clock, clock)) return;
    v1::AlertingEvent event;
    auto* changed = event.mutable_alert_state_changed();
    changed->set_alert(alert.id.Bytes());
    changed->set_from(alert.state);
    changed->set_to(to);
    *changed->mutable_clock() = clock;
    Emit(std::move(event));
  }

  void WithdrawWithoutStart(const AlertId& id) {
    const Alert alert = *alerts_.Find(id);
    const auto same_as = AlertOfTheSameStart(alert);
    if (same_as && IsOpen(alert.state) && alert.handling && MayFollow(alert, *same_as)) {
      v1::AlertingEvent event;
      event.mutable_alert_handling_followed()->set_alert(same_as->Bytes());
      event.mutable_alert_handling_followed()->set_from(id.Bytes());
      Emit(std::move(event));
    }
    Withdraw(id, same_as ? v1::WITHDRAWAL_REASON_SAME_AS : v1::WITHDRAWAL_REASON_NO_START, same_as);
  }

  void Withdraw(const AlertId& id, v1::WithdrawalReason reason, std::optional<AlertId> same_as) {
    v1::AlertingEvent event;
    auto* withdrawn = event.mutable_alert_withdrawn();
    withdrawn->set_alert(id.Bytes());
    withdrawn->set_reason(reason);
    if (same_as) withdrawn->set_same_as(same_as->Bytes());
    Emit(std::move(event));
  }

  // The alert of the clock whose start now holds a fact of this alert's start, under another entry.
  std::optional<AlertId> AlertOfTheSameStart(const Alert& alert) const {
    const auto& facts = alert.clock.facts();
    for (const auto& [id, run] : today_.runs()) {
      if (run.clock != alert.clock.clock() || run.entry.Bytes() == alert.clock.entry()) continue;
      if (static_cast<uint32_t>(run.occurrence) != alert.clock.occurrence()) continue;
      const bool shares_a_fact = std::ranges::any_of(run.facts, [&](const FactId& fact) {
        return std::ranges::find(facts, fact.Bytes()) != facts.end();
      });
      if (shares_a_fact) return id;
    }
    return std::nullopt;
  }

  bool MayFollow(const Alert& from, const AlertId& to) const {
    const Alert* alert = alerts_.Find(to);
    return alert != nullptr && IsOpen(alert->state) && !alert->handling &&
           Stands(*from.handling, today_.day()) && SameDue(alert->clock, from.clock);
  }

  void Emit(v1::AlertingEvent event) {
    alerts_ = Evolve(std::move(alerts_), event);
    events_.push_back(std::move(event));
  }

  ChildAlerts alerts_;
  const ClocksToday& today_;
  Events events_;
};

}  // namespace

Events Reconcile(const ChildAlerts& alerts, const ClocksToday& today) {
  return Reconciliation(alerts, today).Run();
}

std::optional<CivilDate> NextChange(const ChildAlerts& alerts, const ClocksToday& today) {
  std::optional<CivilDate> next;
  const auto consider = [&](CivilDate day) {
    if (today.day() < day) next = next ? std::min(*next, day) : day;
  };
  if (today.known_until()) consider(today.known_until()->PlusDays(1));
  for (const auto& [id, run] : today.runs()) {
    if (const auto day = holdfast::NextChange(run, today.day())) consider(*day);
  }
  for (const auto& [id, alert] : alerts.alerts) {
    if (IsOpen(alert.state) && alert.handling && alert.handling->snoozed_until)
      consider(alert.handling->snoozed_until->PlusDays(1));
  }
  return next;
}

}  // namespace holdfast::alerting
