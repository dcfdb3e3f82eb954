// Repeating a call whose outcome is not known, or that was not taken, with the same command id: the
// server does it once.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <random>
#include <thread>

#include "libs/base/clock.h"
#include "libs/rpc/client.h"

namespace holdfast {

struct RetryBudget {
  std::chrono::milliseconds total{30'000};  // no attempt starts later than this after the first
  std::chrono::milliseconds first_pause{10};
  std::chrono::milliseconds longest_pause{1'000};
};

// True for UNAVAILABLE with reason NOT_TAKEN, OUTCOME_UNKNOWN or NO_SERVER.
bool MayRepeat(const Status& failure);

// When to try again. Pure: time and chance come from the caller.
class RetryPlan {
 public:
  RetryPlan(RetryBudget budget, Monotonic start)
      : budget_(budget), start_(start), pause_(budget.first_pause) {}

  // After an attempt failed: how long to pause before the next, between half and all of a pause
  // that doubles each time; nothing when there is none. `chance`: uniform in [0, 1).
  std::optional<std::chrono::milliseconds> AfterFailure(const Status& failure, Monotonic now,
                                                        double chance);

  // The failure to report when the last attempt ended with `last`: once an outcome was not known, a
  // later NOT_TAKEN or NO_SERVER does not make it known.
  CallFailure Report(CallFailure last) const;

 private:
  RetryBudget budget_;
  Monotonic start_;
  std::chrono::milliseconds pause_;
  bool was_unknown_ = false;
};

// Calls `attempt()`, which returns a CallResult<T> and sends the same command id each time, until
// it succeeds, fails for good, or the budget is spent. Blocks.
template <typename Attempt>
auto CallWithRetry(const Clock& clock, const RetryBudget& budget, const Attempt& attempt)
    -> decltype(attempt()) {
  RetryPlan plan(budget, clock.Steady());
  std::mt19937 chance(std::random_device{}());
  for (;;) {
    auto result = attempt();
    if (result) return result;
    const auto pause = plan.AfterFailure(result.error().status, clock.Steady(),
                                         std::uniform_real_distribution<>(0, 1)(chance));
    if (!pause) return tl::unexpected(plan.Report(std::move(result.error())));
    std::this_thread::sleep_for(*pause);
  }
}

}  // namespace holdfast
