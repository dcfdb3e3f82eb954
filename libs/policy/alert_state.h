// What a clock asks for on a day.
#pragma once

#include <optional>
#include <string_view>

#include "libs/base/civil_date.h"
#include "libs/policy/clock_run.h"

namespace holdfast {

// The states of an alert. A clock gives the first six; the last three are what people and
// corrections make of it.
enum class AlertState {
  kUpcoming,   // from the lead days before the last permitted day
  kDue,        // on it
  kOverdue,    // after it
  kEscalated,  // from the escalation days after it
  kNotKnown,   // from the day it would be upcoming, when nobody said whether it has stopped
  kResolved,   // stopped
  kAcknowledged,
  kSnoozed,
  kWithdrawn,
};

// As the command line writes it, such as not_known.
std::string_view NameOf(AlertState state);

// True while somebody still has something to do or to find out.
bool IsOpen(AlertState state);

// The state that `run` gives on `day`; none before it is upcoming. A clock that has stopped by
// `day` is resolved.
std::optional<AlertState> StateOn(const ClockRun& run, CivilDate day);

// The first day after `day` on which StateOn gives something else; none: it never will.
std::optional<CivilDate> NextChange(const ClockRun& run, CivilDate day);

}  // namespace holdfast
