// All that follows for a child from a day on: deadlines, reviews, hearings, meetings and sessions of contact, in
// the order of days.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/policy/clock_run.h"

namespace holdfast {

struct CalendarItem {
  CivilDate on;
  std::string what;        // deadline; review: the last permitted day of one, or one planned; hearing; meeting; session
  std::string clock;       // id of the policy's clock; blank: none asks for it
  EntryId entry;           // that starts the clock; the hearing, meeting or session
  std::string state;       // the alert's, or later before it is upcoming; a hearing's
  std::string source;      // of the rule: Act and section
  std::string confidence;  // C, C*, K or K-low
  std::string why;         // in words
};

// By day, then clock: the last permitted day of every clock that runs on `day`, one that is past
// included, and the hearings, meetings and sessions that are set for it or later.
std::vector<CalendarItem> CalendarOf(const History& history, std::span<const ClockRun> runs,
                                     const PolicySet& policies, CivilDate day);

}  // namespace holdfast
