#include "services/alerting/domain/child_alerts.h"

#include "libs/permanence/dates.h"

namespace holdfast::alerting {
namespace {

AlertId IdOf(const std::string& bytes) { return AlertId::FromBytes(bytes).value_or(AlertId{}); }

std::vector<FactId> FactsOf(const google::protobuf::RepeatedPtrField<std::string>& bytes) {
  std::vector<FactId> facts;
  for (const auto& fact : bytes) facts.push_back(FactId::FromBytes(fact).value_or(FactId{}));
  return facts;
}

bool IsHandled(v1::AlertState state) {
  return state == v1::ALERT_STATE_ACKNOWLEDGED || state == v1::ALERT_STATE_SNOOZED;
}

// What each event makes of the alert that it names.
class Evolution {
 public:
  explicit Evolution(ChildAlerts* alerts) : alerts_(*alerts) {}

  void Apply(const v1::AlertRaised& event) {
    const AlertId id = IdOf(event.alert());
    Alert& alert = alerts_.alerts[id];
    // As it was handled before it was resolved or withdrawn.
    auto handling = IsHandled(event.state()) ? std::move(alert.handling) : std::nullopt;
    alert = {
        .id = id, .clock = event.clock(), .state = event.state(), .handling = std::move(handling)};
  }
  void Apply(const v1::AlertMoved& event) {
    Alert& alert = Of(event.alert());
    alert.clock = event.clock();
    alert.state = event.state();
    alert.handling.reset();
  }
  void Apply(const v1::AlertStateChanged& event) {
    Alert& alert = Of(event.alert());
    alert.clock = event.clock();
    alert.state = event.to();
    if (!IsHandled(event.to())) alert.handling.reset();
  }
  void Apply(const v1::AlertResolved& event) {
    Alert& alert = Of(event.alert());
    alert.clock = event.clock();
    alert.state = v1::ALERT_STATE_RESOLVED;
    alert.resolution = {.stop = event.stop(), .on = DayOf(event.on()).value_or(CivilDate())};
  }
  void Apply(const v1::AlertWithdrawn& event) {
    Alert& alert = Of(event.alert());
    alert.state = v1::ALERT_STATE_WITHDRAWN;
    alert.resolution.reset();
    alert.same_as = AlertId::FromBytes(event.same_as());
  }
  void Apply(const v1::AlertAcknowledged& event) {
    Alert& alert = Of(event.alert());
    alert.state = v1::ALERT_STATE_ACKNOWLEDGED;
    alert.handling = {
        .snoozed_until = {}, .entry_facts = FactsOf(event.entry_facts()), .personal = {}};
  }
  void Apply(const v1::AlertSnoozed& event) {
    Alert& alert = Of(event.alert());
    alert.state = v1::ALERT_STATE_SNOOZED;
    alert.handling = {.snoozed_until = DayOf(event.until()),
                      .entry_facts = FactsOf(event.entry_facts()),
                      .personal = event.personal()};
  }
  void Apply(const v1::AlertHandlingUndone& event) {
    Alert& alert = Of(event.alert());
    alert.state = event.state();
    alert.handling.reset();
  }
  void Apply(const v1::AlertHandlingFollowed& event) {
    const Alert from = Of(event.from());
    Alert& alert = Of(event.alert());
    alert.state = from.state;
    alert.handling = from.handling;
  }

  void Apply(const v1::ClocksScheduled& event) {
    alerts_.next_change = event.has_next() ? DayOf(event.next()) : std::nullopt;
  }

 private:
  Alert& Of(const std::string& bytes) {
    const AlertId id = IdOf(bytes);
    Alert& alert = alerts_.alerts[id];
    alert.id = id;
    return alert;
  }

  ChildAlerts& alerts_;
};

}  // namespace

const Alert* ChildAlerts::Find(const AlertId& id) const {
  const auto found = alerts.find(id);
  return found == alerts.end() ? nullptr : &found->second;
}

ChildAlerts Evolve(ChildAlerts alerts, const v1::AlertingEvent& event) {
  Evolution evolution(&alerts);
  switch (event.event_case()) {
    case v1::AlertingEvent::kAlertRaised:
      evolution.Apply(event.alert_raised());
      break;
    case v1::AlertingEvent::kAlertMoved:
      evolution.Apply(event.alert_moved());
      break;
    case v1::AlertingEvent::kAlertStateChanged:
      evolution.Apply(event.alert_state_changed());
      break;
    case v1::AlertingEvent::kAlertResolved:
      evolution.Apply(event.alert_resolved());
      break;
    case v1::AlertingEvent::kAlertWithdrawn:
      evolution.Apply(event.alert_withdrawn());
      break;
    case v1::AlertingEvent::kAlertAcknowledged:
      evolution.Apply(event.alert_acknowledged());
      break;
    case v1::AlertingEvent::kAlertSnoozed:
      evolution.Apply(event.alert_snoozed());
      break;
    case v1::AlertingEvent::kAlertHandlingUndone:
      evolution.Apply(event.alert_handling_undone());
      break;
    case v1::AlertingEvent::kAlertHandlingFollowed:
      evolution.Apply(event.alert_handling_followed());
      break;
    case v1::AlertingEvent::kClocksScheduled:
      evolution.Apply(event.clocks_scheduled());
      break;
    case v1::AlertingEvent::kChildErased:
      alerts.erased = true;
      break;
    case v1::AlertingEvent::kFeedWatched:
    case v1::AlertingEvent::kFeedCounts:
    case v1::AlertingEvent::kPolicyInForce:
    case v1::AlertingEvent::kDayStarted:
    case v1::AlertingEvent::kChildrenComputed:
    case v1::AlertingEvent::kHistoryLost:
    case v1::AlertingEvent::EVENT_NOT_SET:
      break;
  }
  return alerts;
}

bool IsOpen(v1::AlertState state) {
  return state != v1::ALERT_STATE_UNSPECIFIED && state != v1::ALERT_STATE_RESOLVED &&
         state != v1::ALERT_STATE_WITHDRAWN;
}

}  // namespace holdfast::alerting
