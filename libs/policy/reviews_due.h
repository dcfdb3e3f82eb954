// Reviews on time, as a national figure counts them.
#pragma once

#include <span>

#include "libs/policy/clock_run.h"

namespace holdfast {

// The review clocks of one child whose last permitted day lies in a year.
struct ReviewsDue {
  int due = 0;
  int stopped_by_their_day = 0;

  // True if the child had a review due, and none was late; a child with none due is not known.
  bool AllOnTime() const { return due > 0 && due == stopped_by_their_day; }
};

// Of `runs`, those due from `first` to `last`, both included. A clock that stopped, by whatever
// event, counts by that day. One that did not, or of which only a later end is known, counts if it
// is known on its day that it was late; else it is left out.
ReviewsDue ReviewsDueIn(std::span<const ClockRun> runs, CivilDate first, CivilDate last);

}  // namespace holdfast
