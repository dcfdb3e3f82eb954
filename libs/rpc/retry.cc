#include "libs/rpc/retry.h"

#include <algorithm>
#include <utility>

namespace holdfast {

bool MayRepeat(const Status& failure) {
  return failure.code == StatusCode::kUnavailable &&
         (failure.reason == "NOT_TAKEN" || failure.reason == "OUTCOME_UNKNOWN" ||
          failure.reason == "NO_SERVER");
}

std::optional<std::chrono::milliseconds> RetryPlan::AfterFailure(const Status& failure,
                                                                 Monotonic now, double chance) {
  if (!MayRepeat(failure)) return std::nullopt;
  was_unknown_ = was_unknown_ || failure.reason == "OUTCOME_UNKNOWN";
  const auto pause = std::chrono::milliseconds(
      static_cast<int64_t>(static_cast<double>(pause_.count()) * (0.5 + chance / 2)));
  if (now + pause - start_ > budget_.total) return std::nullopt;
  pause_ = std::min(pause_ * 2, budget_.longest_pause);
  return pause;
}

CallFailure RetryPlan::Report(CallFailure last) const {
  if (!was_unknown_ || last.status.code != StatusCode::kUnavailable) return last;
  return {{StatusCode::kUnavailable, "OUTCOME_UNKNOWN", "not yet known whether this was done"}, {}};
}

}  // namespace holdfast
