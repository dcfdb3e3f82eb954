#include "services/alerting/app/alert_changes.h"

#include "libs/permanence/dates.h"
#include "libs/shard/keeper_of.h"
#include "services/alerting/app/alerting_index.h"

namespace holdfast::alerting {
namespace {

using v1::AlertingEvent;

// The id of the alert that the event is of; blank: it is of none.
std::string AlertOf(const AlertingEvent& event) {
  switch (event.event_case()) {
    case AlertingEvent::kAlertRaised:
      return event.alert_raised().alert();
    case AlertingEvent::kAlertMoved:
      return event.alert_moved().alert();
    case AlertingEvent::kAlertStateChanged:
      return event.alert_state_changed().alert();
    case AlertingEvent::kAlertResolved:
      return event.alert_resolved().alert();
    case AlertingEvent::kAlertWithdrawn:
      return event.alert_withdrawn().alert();
    case AlertingEvent::kAlertAcknowledged:
      return event.alert_acknowledged().alert();
    case AlertingEvent::kAlertSnoozed:
      return event.alert_snoozed().alert();
    case AlertingEvent::kAlertHandlingUndone:
      return event.alert_handling_undone().alert();
    case AlertingEvent::kAlertHandlingFollowed:
      return event.alert_handling_followed().alert();
    default:
      return {};
  }
}

std::string DayText(const common::v1::Date& date) {
  const auto day = DayOf(date);
  return day ? day->Iso() : "a day that is not known";
}

std::string WhyWithdrawn(v1::WithdrawalReason reason) {
  switch (reason) {
    case v1::WITHDRAWAL_REASON_SAME_AS:
      return "it is the same as another alert";
    case v1::WITHDRAWAL_REASON_NOT_YET:
      return "its last permitted day has moved far ahead";
    default:
      return "by what is known now it should not have been raised";
  }
}

std::string Because(const AlertingEvent& event) {
  switch (event.event_case()) {
    case AlertingEvent::kAlertRaised:
      return "its last permitted day is near, or past";
    case AlertingEvent::kAlertMoved:
      return WhyMoved(event.alert_moved());
    case AlertingEvent::kAlertStateChanged:
      return "a day began, or more or less is known";
    case AlertingEvent::kAlertResolved:
      return "what it waited for has happened, or can no longer happen";
    case AlertingEvent::kAlertWithdrawn:
      return WhyWithdrawn(event.alert_withdrawn().reason());
    case AlertingEvent::kAlertAcknowledged:
      return "a person has seen it";
    case AlertingEvent::kAlertSnoozed:
      return "a person put it off";
    case AlertingEvent::kAlertHandlingUndone:
      return "a person took back an acknowledgement or a snooze";
    case AlertingEvent::kAlertHandlingFollowed:
      return "an acknowledgement or a snooze follows the facts that it was of";
    default:
      return {};
  }
}

// The child's alerts before the event of that place.
Result<ChildAlerts> AlertsBefore(const AlertingState& state, int index) {
  ChildAlerts alerts;
  for (int i = 0; i < index; ++i) {
    AlertingEvent event;
    if (!event.ParseFromString(state.kept.alerts(i).payload()))
      return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "alerting: a kept event");
    alerts = Evolve(std::move(alerts), event);
  }
  return alerts;
}

Result<std::optional<AlertChange>> ChangeAt(const AlertingState& state, const KeptPlace& place) {
  const auto& kept = state.kept.alerts(place.index);
  AlertingEvent event;
  if (!event.ParseFromString(kept.payload()))
    return Fail(StatusCode::kDataLoss, "STATE_NOT_READ", "alerting: a kept event");
  const auto id = AlertId::FromBytes(AlertOf(event));
  if (!id) return std::nullopt;
  auto before = AlertsBefore(state, place.index);
  if (!before) return tl::unexpected(before.error());
  AlertChange change;
  change.number = kept.number();
  change.recorded_at = Instant(std::chrono::microseconds(kept.recorded_at()));
  change.child = place.child;
  change.because = Because(event);
  if (const Alert* alert = before->Find(*id)) change.from = alert->state;
  if (event.has_alert_raised() && change.from == v1::ALERT_STATE_RESOLVED)
    change.because = "what had stopped it was withdrawn or corrected";
  if (event.has_alert_moved() && event.alert_moved().has_from())
    change.was_due = event.alert_moved().from();
  const ChildAlerts after = Evolve(std::move(*before), event);
  const Alert* alert = after.Find(*id);
  if (alert == nullptr) return std::nullopt;
  change.alert = *alert;
  return change;
}

}  // namespace

std::string WhyMoved(const v1::AlertMoved& moved) {
  if (moved.reason() == v1::MOVE_REASON_POLICY_CHANGED)
    return "the rule, its calendar or the authority's aim has changed, or an extension or agreed "
           "interval takes its place";
  return "what it starts from was on " + DayText(moved.clock().started_on()) + ", not on " +
         DayText(moved.started_on_before());
}

Result<AlertChanges> ChangesAfter(ShardView& view, std::string_view authority, uint64_t after,
                                  size_t limit) {
  const std::string prefix = EventRows(authority);
  const auto rows = view.Scan(prefix, prefix + KeyOfEvent(after), limit);
  if (!rows) return tl::unexpected(rows.error());
  AlertChanges changes;
  for (const auto& row : *rows) {
    const KeptPlace place = PlaceOfEventRow(row.value);
    auto change = ChangeAt(StateOf<AlertingState>(view.subjects(), place.child), place);
    if (!change) return tl::unexpected(change.error());
    if (*change) changes.changes.push_back(std::move(**change));
  }
  changes.more = rows->size() >= limit;
  changes.through =
      changes.more ? NumberOfEventRow(rows->back().key) : std::max(after, view.position());
  return changes;
}

}  // namespace holdfast::alerting
