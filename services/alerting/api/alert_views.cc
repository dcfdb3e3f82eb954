#include "services/alerting/api/alert_views.h"

namespace holdfast::alerting {
namespace {

constexpr char kRegistrationField[] = "holdfast.cases.v1.ChildRegistered.personal";

}  // namespace

std::string_view NameOf(v1::AlertState state) {
  switch (state) {
    case v1::ALERT_STATE_UPCOMING:
      return "upcoming";
    case v1::ALERT_STATE_DUE:
      return "due";
    case v1::ALERT_STATE_OVERDUE:
      return "overdue";
    case v1::ALERT_STATE_ESCALATED:
      return "escalated";
    case v1::ALERT_STATE_NOT_KNOWN:
      return "not_known";
    case v1::ALERT_STATE_RESOLVED:
      return "resolved";
    case v1::ALERT_STATE_ACKNOWLEDGED:
      return "acknowledged";
    case v1::ALERT_STATE_SNOOZED:
      return "snoozed";
    case v1::ALERT_STATE_WITHDRAWN:
      return "withdrawn";
    default:
      return "";
  }
}

std::optional<v1::AlertState> StateNamed(std::string_view name) {
  for (int i = v1::ALERT_STATE_UPCOMING; i <= v1::AlertState_MAX; ++i) {
    const auto state = static_cast<v1::AlertState>(i);
    if (NameOf(state) == name) return state;
  }
  return std::nullopt;
}

v1::AlertView ViewOf(const SubjectId& child, const AlertingState& state, const Alert& alert) {
  v1::AlertView view;
  view.set_id(alert.id.Bytes());
  view.set_child(child.Bytes());
  view.set_clock(alert.clock.clock());
  view.set_state(std::string(NameOf(alert.state)));
  if (alert.clock.has_due_on()) *view.mutable_due() = alert.clock.due_on();
  if (alert.clock.has_not_known_since())
    *view.mutable_not_known_since() = alert.clock.not_known_since();
  view.set_entry(alert.clock.entry());
  view.set_confidence(alert.clock.confidence());
  view.set_team(state.child.team);
  view.set_worker(state.child.worker);
  view.set_feed(state.kept.feed().source());
  return view;
}

Result<std::string> LocalIdOf(PersonalSealer& registrations, const ChildPlace& place,
                              const Registration& registration) {
  if (!registration.personal.has_sealed()) return "";
  const EventPlace sealed_at{place.authority, place.child,
                             EventIdentity::OfAssertion(registration.assertion)};
  const auto personal =
      registrations.OpenField(registration.personal.sealed(), sealed_at, {kRegistrationField});
  if (!personal) return tl::unexpected(personal.error());
  return personal->open().local_id();
}

}  // namespace holdfast::alerting
