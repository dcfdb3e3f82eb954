// A few seeds of each campaign; `tools/prove sim` and `tools/prove mutants` run them at length.
#include <gtest/gtest.h>

#include "tests/sim/mutants.h"
#include "tests/sim/world.h"

namespace holdfast {
namespace {

TEST(Simulation, HoldsAllInvariantsUnderManyFaults) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    const RunResult result = RunSeed(seed, SwarmProfile(seed));
    EXPECT_TRUE(result.violations.empty()) << "seed " << seed << ": " << result.violations.front();
  }
}

TEST(Simulation, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_EQ(RunSeed(seed, SwarmProfile(seed)).digest, RunSeed(seed, SwarmProfile(seed)).digest);
  }
}

TEST(Simulation, DoesSomething) {
  uint64_t answered = 0, pushed = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const RunResult result = RunSeed(seed, SwarmProfile(seed));
    answered += result.answered;
    pushed += result.pushed;
  }
  EXPECT_GT(answered, 200u);
  EXPECT_GT(pushed, 50u);
}

}  // namespace
}  // namespace holdfast
