#include "libs/rpc/retry.h"

#include <gtest/gtest.h>

#include <vector>

namespace holdfast {
namespace {

using std::chrono::milliseconds;

const Status kNotTaken{StatusCode::kUnavailable, "NOT_TAKEN", ""};
const Status kUnknown{StatusCode::kUnavailable, "OUTCOME_UNKNOWN", ""};
const Status kRefused{StatusCode::kFailedPrecondition, "ALREADY_ENDED", ""};
const Monotonic kStart{};

RetryPlan Plan() {
  return RetryPlan({.total = milliseconds(1000),
                    .first_pause = milliseconds(10),
                    .longest_pause = milliseconds(40)},
                   kStart);
}

TEST(RetryPlan, PausesLongerEachTimeUpToALimit) {
  auto plan = Plan();
  std::vector<int64_t> pauses;
  for (int i = 0; i < 4; ++i) pauses.push_back(plan.AfterFailure(kNotTaken, kStart, 1)->count());
  EXPECT_EQ(pauses, (std::vector<int64_t>{10, 20, 40, 40}));
  EXPECT_EQ(Plan().AfterFailure(kNotTaken, kStart, 0), milliseconds(5));
}

TEST(RetryPlan, EndsWithItsBudget) {
  auto plan = Plan();
  EXPECT_TRUE(plan.AfterFailure(kNotTaken, kStart + milliseconds(990), 1));
  EXPECT_FALSE(plan.AfterFailure(kNotTaken, kStart + milliseconds(990), 1));
}

TEST(RetryPlan, NeverRepeatsAnAnswer) {
  EXPECT_FALSE(Plan().AfterFailure(kRefused, kStart, 0));
  EXPECT_FALSE(Plan().AfterFailure({StatusCode::kUnavailable, "ANOTHER", ""}, kStart, 0));
}

TEST(RetryPlan, DoesNotForgetThatAnOutcomeWasUnknown) {
  auto plan = Plan();
  EXPECT_EQ(plan.Report({kNotTaken, {}}).status.reason, "NOT_TAKEN");
  plan.AfterFailure(kUnknown, kStart, 0);
  EXPECT_EQ(plan.Report({kNotTaken, {}}).status.reason, "OUTCOME_UNKNOWN");
  EXPECT_EQ(plan.Report({kRefused, {}}).status.reason, "ALREADY_ENDED");
}

TEST(CallWithRetry, RepeatsUntilThereIsAnAnswer) {
  int attempts = 0;
  const auto result =
      CallWithRetry(SystemClock(), {.first_pause = milliseconds(1)}, [&]() -> CallResult<int> {
        if (++attempts < 3) return tl::unexpected(CallFailure{kUnknown, {}});
        return 7;
      });
  EXPECT_EQ(result, 7);
  EXPECT_EQ(attempts, 3);
}

TEST(CallWithRetry, ReportsTheFailureOnceTheBudgetIsSpent) {
  const auto result =
      CallWithRetry(SystemClock(), {.total = milliseconds(5), .first_pause = milliseconds(1)},
                    [&]() -> CallResult<int> {
                      return tl::unexpected(CallFailure{kNotTaken, {}});
                    });
  EXPECT_EQ(result.error().status.reason, "NOT_TAKEN");
}

}  // namespace
}  // namespace holdfast
