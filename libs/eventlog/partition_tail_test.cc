#include "libs/eventlog/partition_tail.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

std::string Text(const std::vector<LogRecord>& records) {
  std::string text;
  for (const LogRecord& record : records) {
    text += std::to_string(record.offset) + ":" + record.bytes + " ";
  }
  return text;
}

PartitionTail TailOfThree() {
  PartitionTail tail;
  tail.StartAt(5);
  tail.Add({5, "a"});
  tail.Add({7, "b"});  // 6 is a gap
  tail.Add({8, "c"});
  return tail;
}

TEST(PartitionTail, HasNothingWhereItBegins) {
  PartitionTail tail;
  EXPECT_FALSE(tail.started());
  tail.StartAt(5);
  EXPECT_EQ(tail.first(), 5u);
  EXPECT_EQ(tail.end(), 5u);
  EXPECT_EQ(Text(tail.Read(5, 100)), "");
}

TEST(PartitionTail, GivesWhatItHoldsInOrderOverGaps) {
  const PartitionTail tail = TailOfThree();
  EXPECT_EQ(Text(tail.Read(5, 100)), "5:a 7:b 8:c ");
  EXPECT_EQ(Text(tail.Read(6, 100)), "7:b 8:c ");
  EXPECT_EQ(Text(tail.Read(9, 100)), "");
  EXPECT_EQ(tail.end(), 9u);
}

TEST(PartitionTail, CutsAReadButNeverBelowOneRecord) {
  const PartitionTail tail = TailOfThree();
  EXPECT_EQ(Text(tail.Read(5, 0)), "5:a ");
  EXPECT_EQ(Text(tail.Read(5, 2)), "5:a 7:b ");
}

TEST(PartitionTail, ForgetsTheOldestAndKeepsTheLast) {
  PartitionTail tail = TailOfThree();
  const size_t before = tail.bytes();
  const size_t given_back = tail.Evict();
  EXPECT_GT(given_back, 0u);
  EXPECT_EQ(tail.bytes(), before - given_back);
  EXPECT_EQ(tail.first(), 6u);
  EXPECT_EQ(Text(tail.Read(6, 100)), "7:b 8:c ");
  tail.Evict();
  EXPECT_EQ(tail.Evict(), 0u);
  EXPECT_EQ(Text(tail.Read(8, 100)), "8:c ");
}

TEST(PartitionTail, MovesItsEndOverAGapAndNeverBack) {
  PartitionTail tail = TailOfThree();
  tail.MoveEndTo(12);
  tail.MoveEndTo(3);
  EXPECT_EQ(tail.end(), 12u);
}

TEST(PartitionTail, KeepsItsFirstFailure) {
  PartitionTail tail = TailOfThree();
  tail.Fail({StatusCode::kDataLoss, "A", ""});
  tail.Fail({StatusCode::kDataLoss, "B", ""});
  EXPECT_EQ(tail.failure()->reason, "A");
}

}  // namespace
}  // namespace holdfast
