#include "services/alerting/domain/clocks_today.h"

#include <algorithm>
#include <utility>

namespace holdfast::alerting {

ClocksToday::ClocksToday(const SubjectId& child, std::vector<ClockRun> runs, CivilDate day)
    : day_(day) {
  for (auto& run : runs) {
    const AlertId id = AlertIdOf(child, run);
    if (run.not_known_since && day <= *run.not_known_since) {
      known_until_ = known_until_ ? std::min(*known_until_, *run.not_known_since)
                                  : run.not_known_since;
      run.not_known_since.reset();
    }
    runs_.emplace(id, std::move(run));
  }
}

const ClockRun* ClocksToday::Find(const AlertId& id) const {
  const auto found = runs_.find(id);
  return found == runs_.end() ? nullptr : &found->second;
}

}  // namespace holdfast::alerting
