#include "libs/rpc/at_least.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

common::v1::Position At(const std::string& service, uint32_t partition, uint64_t event) {
  common::v1::Position position;
  position.set_service(service);
  position.set_partition(partition);
  position.set_event(event);
  return position;
}

Positions List(std::initializer_list<common::v1::Position> all) {
  Positions positions;
  for (const auto& position : all) *positions.Add() = position;
  return positions;
}

std::string Text(const Positions& positions) {
  std::string text;
  for (const auto& position : positions) text += position.ShortDebugString() + "; ";
  return text;
}

TEST(KeepLatest, KeepsTheLaterOfEachPlaceInOrder) {
  auto known = List({At("cases", 3, 7), At("alerting", 1, 5)});
  KeepLatest(known, List({At("cases", 3, 6), At("cases", 1, 1), At("alerting", 1, 9)}));
  EXPECT_EQ(Text(known), Text(List({At("alerting", 1, 9), At("cases", 1, 1), At("cases", 3, 7)})));
}

TEST(HasReached, AsksEachPlace) {
  const auto reached = List({At("cases", 0, 7), At("cases", 1, 2)});
  EXPECT_TRUE(HasReached(reached, List({})));
  EXPECT_TRUE(HasReached(reached, List({At("cases", 0, 7), At("cases", 1, 1)})));
  EXPECT_FALSE(HasReached(reached, List({At("cases", 0, 8)})));
  EXPECT_FALSE(HasReached(reached, List({At("alerting", 0, 1)})));
  EXPECT_TRUE(HasReached(reached, List({At("alerting", 0, 0)})));
}

TEST(CheckAtLeast, RefusesAListThatIsTooLong) {
  Positions positions;
  for (int i = 0; i < kMostPositions; ++i) *positions.Add() = At("cases", i, 1);
  EXPECT_TRUE(CheckAtLeast(positions));
  *positions.Add() = At("cases", kMostPositions, 1);
  EXPECT_EQ(CheckAtLeast(positions).error().reason, "TOO_MANY_POSITIONS");
}

}  // namespace
}  // namespace holdfast
