// What libs/policy computes, in the words of the events.
#pragma once

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "libs/policy/alert_state.h"
#include "libs/policy/clock_run.h"

namespace holdfast::alerting {

v1::AlertClock MessageOf(const ClockRun& run);
v1::AlertState MessageOf(AlertState state);
v1::StopKind MessageOf(StopEvent event);

// True if both say the same to a person. Facts are left out: a care period gains some with each
// return, and an alert keeps those that its start held when it was last told.
bool SaysTheSame(const v1::AlertClock& one, const v1::AlertClock& other);

}  // namespace holdfast::alerting
