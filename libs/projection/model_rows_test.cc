#include "libs/projection/model_rows.h"

#include <gtest/gtest.h>

#include "libs/projection/parts_in_tests.h"

namespace holdfast {
namespace {

TEST(ModelRows, AreOfTheFirstVersionUntilAnotherServes) {
  PartsInMemory parts(7);
  const ModelRows rows(parts.Open(), 2, 2);
  EXPECT_EQ(*rows.Serving(), 1u);
  ASSERT_TRUE(rows.Serve(2));
  EXPECT_EQ(*rows.Serving(), 2u);
  EXPECT_EQ(*ModelRows(parts.Open(), 2, 2).Serving(), 2u) << "after a restart";
  EXPECT_EQ(Hex(parts.rows(6).at("v")), "010000000000000002");
}

TEST(ModelRows, OfVersionsInTurnAreInTheOtherSlot) {
  PartsInMemory parts(7);
  const ModelRows rows(parts.Open(), 2, 2);
  EXPECT_EQ(rows.NumberOf(1, 0), 2u);
  EXPECT_EQ(rows.NumberOf(1, 1), 3u);
  EXPECT_EQ(rows.NumberOf(2, 0), 4u);
  EXPECT_EQ(rows.NumberOf(3, 1), 3u);
}

TEST(ModelRows, AreWipedWithoutThoseOfTheOtherSlot) {
  PartsInMemory parts(7);
  const ModelRows rows(parts.Open(), 2, 2);
  for (uint32_t part : {0u, 1u}) {
    ASSERT_TRUE(rows.Open(1, part)->Write({{"row", "of the first"}}));
    ASSERT_TRUE(rows.Open(2, part)->Write({{"row", "of the second"}}));
  }
  ASSERT_TRUE(rows.Wipe(2));
  EXPECT_EQ(parts.rows(2).size(), 1u);
  EXPECT_EQ(parts.rows(3).size(), 1u);
  EXPECT_EQ(parts.rows(4).size(), 0u);
  EXPECT_EQ(parts.rows(5).size(), 0u);
}

TEST(ModelRows, OfAVersionThatCannotBeReadAreNotServed) {
  PartsInMemory parts(3);
  ASSERT_TRUE(parts.Open()(2)->Write({{"v", "2"}}));
  EXPECT_EQ(ModelRows(parts.Open(), 0, 1).Serving().error().reason, "STATE_NOT_READ");
}

}  // namespace
}  // namespace holdfast
