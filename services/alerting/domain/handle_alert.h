// What people do about alerts. No clock, no randomness, no I/O: all that a decision needs is in its
// arguments.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "holdfast/alerting/v1/alerting_commands.pb.h"
#include "services/alerting/domain/child_alerts.h"
#include "services/alerting/domain/clocks_today.h"

namespace holdfast::alerting {

enum class Refusal {  // in order of precedence
  kUnknownAlert,
  kNotOpen,      // resolved or withdrawn
  kNoReason,     // of a snooze
  kNoEnd,        // of a snooze: no day, or no such day
  kEndNotAhead,  // of a snooze: not after today
};

// As outcomes keep it, such as NOT_OPEN, and as a person is told.
std::string_view NameOf(Refusal refusal);
std::string_view TextOf(Refusal refusal);

// The events that `command` causes in `alerts`, which say what `today` does: none when it was
// already done, a refusal when it may not be done. Personal data of the command is open.
tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts, const v1::AcknowledgeAlert& command,
                                     const ClocksToday& today);
tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts,
                                     const v1::UndoAlertHandling& command,
                                     const ClocksToday& today);
tl::expected<Events, Refusal> Decide(const ChildAlerts& alerts, const v1::SnoozeAlert& command,
                                     const ClocksToday& today);

}  // namespace holdfast::alerting
