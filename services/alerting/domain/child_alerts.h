// The alerts of one child: what was said to people, and what they did about it. No clock, no
// randomness, no I/O.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"

namespace holdfast::alerting {

using Events = std::vector<v1::AlertingEvent>;

// What a person did about an alert. It stands until undone, its end or a new last permitted day.
struct Handling {
  std::optional<CivilDate> snoozed_until;  // the last day of quiet; none: acknowledged
  std::vector<FactId> entry_facts;         // that the start's entry then held
  common::v1::PersonalField personal;      // the reason of a snooze, as it came
};

// What ended the clock of a resolved alert.
struct Resolution {
  v1::StopKind stop = v1::STOP_KIND_UNSPECIFIED;
  CivilDate on;

  bool operator==(const Resolution&) const = default;
};

struct Alert {
  AlertId id;
  v1::AlertClock clock;  // as it was last said
  v1::AlertState state = v1::ALERT_STATE_UNSPECIFIED;
  std::optional<Handling> handling;
  std::optional<Resolution> resolution;
  std::optional<AlertId> same_as;  // of one withdrawn for that reason
};

// Every alert that was ever raised for one child, and when they are to be looked at again.
struct ChildAlerts {
  std::map<AlertId, Alert> alerts;
  // The first day on which they may change by themselves, as last computed; none: never.
  std::optional<CivilDate> next_change;
  bool erased = false;  // the child's record is

  // Null when there is none.
  const Alert* Find(const AlertId& id) const;
};

// `alerts` after `event`. Never fails: an event is a fact. Events of a partition change no child.
ChildAlerts Evolve(ChildAlerts alerts, const v1::AlertingEvent& event);

// True while somebody still has something to do or to find out.
bool IsOpen(v1::AlertState state);

}  // namespace holdfast::alerting
