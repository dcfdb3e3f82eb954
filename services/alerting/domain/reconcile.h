// Alerts are derived, never patched: the clocks that run now are compared with what was said
// before.
#pragma once

#include <optional>

#include "services/alerting/domain/child_alerts.h"
#include "services/alerting/domain/clocks_today.h"

namespace holdfast::alerting {

// The events that make `alerts` say what `today` does: none when they already do. A clock that had
// stopped before it was ever shown raises no alert.
Events Reconcile(const ChildAlerts& alerts, const ClocksToday& today);

// The first day after today on which Reconcile may give events, if nothing else becomes known;
// none: never.
std::optional<CivilDate> NextChange(const ChildAlerts& alerts, const ClocksToday& today);

}  // namespace holdfast::alerting
