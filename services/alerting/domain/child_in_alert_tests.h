// One child's alerts through days on which more becomes known, for tests.
#pragma once

#include <vector>

#include "libs/permanence/dates.h"
#include "libs/policy/child_in_tests.h"
#include "services/alerting/domain/child_alerts.h"
#include "services/alerting/domain/handle_alert.h"
#include "services/alerting/domain/reconcile.h"

namespace holdfast::alerting {

// A command's alert and open reason.
inline v1::AcknowledgeAlert Acknowledge(const AlertId& id) {
  v1::AcknowledgeAlert command;
  command.set_alert(id.Bytes());
  return command;
}
inline v1::UndoAlertHandling Undo(const AlertId& id) {
  v1::UndoAlertHandling command;
  command.set_alert(id.Bytes());
  return command;
}
inline v1::SnoozeAlert Snooze(const AlertId& id, std::string_view until,
                              std::string_view reason = "carer is ill") {
  v1::SnoozeAlert command;
  command.set_alert(id.Bytes());
  if (!until.empty()) SetDate(Day(until), command.mutable_until());
  if (!reason.empty()) command.mutable_personal()->mutable_open()->set_text(std::string(reason));
  return command;
}

class ChildInAlertTests {
 public:
  // What is known from now on.
  ChildInAlertTests& Know(const ChildInTests& child,
                          const Coverage& coverage = LiveSince("2000-01-01")) {
    return Know(child.history(), coverage);
  }
  ChildInAlertTests& Know(const History& history, const Coverage& coverage) {
    runs_ = RunClocks(history, coverage, ShippedPolicies(), View{});
    return *this;
  }
  // The events of that day, which are applied.
  Events On(std::string_view day) {
    day_ = Day(day);
    return Apply(Reconcile(alerts_, Today()));
  }
  // The events of a command, which are applied.
  template <typename Command>
  tl::expected<Events, Refusal> Do(const Command& command) {
    auto events = Decide(alerts_, command, Today());
    if (events) Apply(*events);
    return events;
  }

  ClocksToday Today() const { return ClocksToday(child_, runs_, day_); }
  const ChildAlerts& alerts() const { return alerts_; }
  // The alert of `clock` from the entry of that name.
  AlertId IdOf(std::string_view clock, std::string_view entry, int occurrence = 1) const {
    return AlertIdOf(
        child_,
        {.clock = std::string(clock), .entry = EntryNamed(entry), .occurrence = occurrence});
  }
  v1::AlertState StateOf(const AlertId& id) const {
    const Alert* alert = alerts_.Find(id);
    return alert == nullptr ? v1::ALERT_STATE_UNSPECIFIED : alert->state;
  }

 private:
  Events Apply(Events events) {
    for (const auto& event : events) alerts_ = Evolve(std::move(alerts_), event);
    return events;
  }

  SubjectId child_{{1, 2, 3}};
  std::vector<ClockRun> runs_;
  CivilDate day_;
  ChildAlerts alerts_;
};

}  // namespace holdfast::alerting
