#include "services/node/catching_up.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

using namespace std::chrono_literals;

const Monotonic kStart = Monotonic() + 1h;

TEST(ACopy, IsBehindUntilItHasAllThatThereWas) {
  CatchingUp copy;
  EXPECT_FALSE(copy.IsWithin(1s, kStart));
  copy.Look(0, 100, kStart);
  EXPECT_FALSE(copy.IsWithin(1s, kStart));
  copy.Look(99, 100, kStart + 100ms);
  EXPECT_FALSE(copy.IsWithin(1s, kStart + 100ms));
  copy.Look(100, 100, kStart + 200ms);
  EXPECT_TRUE(copy.IsWithin(1s, kStart + 200ms));
  EXPECT_FALSE(copy.IsWithin(1s, kStart + 1300ms));
}

TEST(ACopy, IsNotBehindThoughThereIsAlwaysMore) {
  CatchingUp copy;
  for (int tenth = 0; tenth < 50; ++tenth) {
    const Monotonic now = kStart + tenth * 100ms;
    const auto written = static_cast<uint64_t>(1000 + tenth * 50);
    copy.Look(written - 100, written, now);  // two tenths of a second behind
    if (tenth > 5) {
      EXPECT_TRUE(copy.IsWithin(1s, now)) << tenth;
      EXPECT_FALSE(copy.IsWithin(100ms, now)) << tenth;
    }
  }
}

TEST(ACopy, IsBehindThoughItReadsWhenMoreComesThanItReads) {
  CatchingUp copy;
  for (int tenth = 0; tenth < 50; ++tenth) {
    const Monotonic now = kStart + tenth * 100ms;
    const auto read = static_cast<uint64_t>(tenth);
    copy.Look(read, 1000 + 50 * read, now);
    EXPECT_FALSE(copy.IsWithin(1s, now)) << tenth;
  }
}

}  // namespace
}  // namespace holdfast
