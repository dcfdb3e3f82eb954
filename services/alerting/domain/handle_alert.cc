#include "services/alerting/domain/handle_alert.h"

#include "libs/permanence/dates.h"
#include "libs/policy/alert_state.h"
#include "services/alerting/domain/alert_messages.h"

namespace holdfast::alerting {
namespace {

// An alert that a person can still do something about, with its clock.
struct OpenAlert {
  const Alert& alert;
  const ClockRun& run;
};

tl::expected<OpenAlert, Refusal> FindOpen(const ChildAlerts& alerts, const std::string& id,
                                          const ClocksToday& today) {
  const auto alert_id = AlertId::FromBytes(id);
  const Alert* alert = alert_id ? alerts.Find(*alert_id) : nullptr;
  if (alert == nullptr) return tl::unexpected(Refusal::kUnknownAlert);
  const ClockRun* run = today.Find(*alert_id);
  if (run == nullptr || !IsOpen(alert->state)) return tl::unexpected(Refusal::kNotOpen);
  return OpenAlert{*alert, *run};
}

template <typename Event>
void SetFacts(const ClockRun& run, Event* event) {
  for (const auto& fact : run.facts) event->add_entry_facts(fact.Bytes());
}

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

std::string_view NameOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kUnknownAlert:
      return "UNKNOWN_ALERT";
    case Refusal::kNotOpen:
      return "NOT_OPEN";
    case Refusal::kNoReason:
      return "NO_REASON";
    case Refusal::kNoEnd:
      return "NO_END";
    case Refusal::kEndNotAhead:
      return "END_NOT_AHEAD";
  }
  return "";
}

std::string_view TextOf(Refusal refusal) {
  switch (refusal) {
    case Refusal::kUnknownAlert:
      return "no such alert";
    case Refusal::kNotOpen:
      return "nothing is left to do about the alert: it is resolved or withdrawn";
    case Refusal::kNoReason:
      return "a reason is needed";
    case Refusal::kNoEnd:
      return "the last day of quiet is needed";
    case Refusal::kEndNotAhead:
      return "the last day of quiet must be after today";
  }
  return "";
}

tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts, const v1::AcknowledgeAlert& command,
                                     const ClocksToday& today) {
  const auto open = FindOpen(alerts, command.alert(), today);
  if (!open) return tl::unexpected(open.error());
  if (open->alert.state == v1::ALERT_STATE_ACKNOWLEDGED) return Events{};
  v1::AlertingEvent event;
  event.mutable_alert_acknowledged()->set_alert(command.alert());
  SetFacts(open->run, event.mutable_alert_acknowledged());
  return Events{event};
}

tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts,
                                     const v1::UndoAlertHandling& command,
                                     const ClocksToday& today) {
  const auto open = FindOpen(alerts, command.alert(), today);
  if (!open) return tl::unexpected(open.error());
  if (!open->alert.handling) return Events{};
  const auto state = StateOn(open->run, today.day());
  if (!state || !holdfast::IsOpen(*state)) return tl::unexpected(Refusal::kNotOpen);
  v1::AlertingEvent event;
  event.mutable_alert_handling_undone()->set_alert(command.alert());
  event.mutable_alert_handling_undone()->set_state(MessageOf(*state));
  return Events{event};
}

tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts, const v1::SnoozeAlert& command,
                                     const ClocksToday& today) {
  const auto open = FindOpen(alerts, command.alert(), today);
  if (!open) return tl::unexpected(open.error());
  if (IsBlank(command.personal().open().text())) return tl::unexpected(Refusal::kNoReason);
  const auto until = command.has_until() ? DayOf(command.until()) : std::nullopt;
  if (!until) return tl::unexpected(Refusal::kNoEnd);
  if (*until <= today.day()) return tl::unexpected(Refusal::kEndNotAhead);
  const auto& standing = open->alert.handling;
  if (standing && standing->snoozed_until == until) return Events{};
  v1::AlertingEvent event;
  auto* snoozed = event.mutable_alert_snoozed();
  snoozed->set_alert(command.alert());
  SetDate(*until, snoozed->mutable_until());
  SetFacts(open->run, snoozed);
  *snoozed->mutable_personal() = command.personal();
  return Events{event};
}

}  // namespace holdfast::alerting
