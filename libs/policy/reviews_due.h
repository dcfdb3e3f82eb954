// Reviews on time, as a national figure counts them.
#pragma once

#include <span>

#include "libs/policy/clock_run.h"

namespace holdfast {

// The review clocks of one child whose last permitted day lies in a year, and which count.
struct ReviewsDue {
  int due = 0;
  int stopped_by_their_day = 0;

  // True if the child had a review due, and none was late; a child with none due is not known.
  bool AllOnTime() const { return due > 0 && due == stopped_by_their_day; }
};

// Of `runs`, those due from `first` to `last`, both included, as known at the end of `known_at`. A
// clock that a review stopped always counts, by the day of that review. One that the end of care,
// death or other law ended by its day was no clock. Any other counts as late if it is known on its
// day that it ran on, and that the child of `history` was still looked after; else it is left out,
// as is one whose day is still to come.
ReviewsDue ReviewsDueIn(std::span<const ClockRun> runs, const History& history, CivilDate first,
                        CivilDate last, CivilDate known_at);

}  // namespace holdfast
