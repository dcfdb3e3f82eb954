// The clocks of one child as they run by what is known today.
#pragma once

#include <map>
#include <vector>

#include "libs/policy/clock_run.h"

namespace holdfast::alerting {

class ClocksToday {
 public:
  ClocksToday(const SubjectId& child, std::vector<ClockRun> runs, CivilDate day);

  CivilDate day() const { return day_; }
  const std::map<AlertId, ClockRun>& runs() const { return runs_; }
  // Null when there is none.
  const ClockRun* Find(const AlertId& id) const;

 private:
  std::map<AlertId, ClockRun> runs_;
  CivilDate day_;
};

}  // namespace holdfast::alerting
