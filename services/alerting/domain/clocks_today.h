// The clocks of one child as they run by what is known today. That a clock will not be known later
// is no matter of today: `known_until` says when to look again.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "libs/policy/clock_run.h"

namespace holdfast::alerting {

class ClocksToday {
 public:
  ClocksToday(const SubjectId& child, std::vector<ClockRun> runs, CivilDate day);

  CivilDate day() const { return day_; }
  // The first of the days, today or later, through which a clock is known; none: for ever.
  std::optional<CivilDate> known_until() const { return known_until_; }
  const std::map<AlertId, ClockRun>& runs() const { return runs_; }
  // Null when there is none.
  const ClockRun* Find(const AlertId& id) const;

 private:
  std::map<AlertId, ClockRun> runs_;
  CivilDate day_;
  std::optional<CivilDate> known_until_;
};

}  // namespace holdfast::alerting
