#include "services/node/partition_census.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

node::v1::PartitionStatus Row(const std::string& role, const std::string& instance,
                              uint64_t epoch) {
  node::v1::PartitionStatus row;
  row.set_service("cases");
  row.set_partition(3);
  row.set_role(role);
  row.set_instance(instance);
  row.set_epoch(epoch);
  row.set_behind(0);
  return row;
}

// "instance role epoch" of each row, and what is missing.
std::vector<std::string> TextOf(const PartitionRows& rows) {
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    lines.push_back(row.instance() + " " + row.role() + " " + std::to_string(row.epoch()) +
                    (row.has_behind() ? "" : " behind by nobody knows"));
  }
  return lines;
}
using Lines = std::vector<std::string>;

const LogPartition kCases3{"cases", 3};

TEST(ThePartitionsOfADeployment, AreAsEachInstanceTellsOfItself) {
  const RowsByInstance told{{"ann", {Row("standby", "ann", 7)}}, {"ben", {Row("owner", "ben", 7)}}};
  EXPECT_EQ(TextOf(MergePartitions(told, {{kCases3, {"ann", "", 6}}})),
            (Lines{"ben owner 7", "ann standby 7"}));
}

TEST(ThePartitionsOfADeployment, HaveOneOwnerThoughAnOlderOneHasNotYetReadTheClaim) {
  const RowsByInstance told{{"ann", {Row("owner", "ann", 6)}}, {"ben", {Row("owner", "ben", 7)}}};
  EXPECT_EQ(TextOf(MergePartitions(told, {})), (Lines{"ben owner 7", "ann standby 6"}));
}

TEST(ThePartitionsOfADeployment, AreKnownOfAnOwnerThatDoesNotAnswer) {
  const RowsByInstance told{{"ann", {Row("standby", "ann", 7)}}};
  EXPECT_EQ(TextOf(MergePartitions(told, {{kCases3, {"ben", "", 7}}})),
            (Lines{"ben owner 7 behind by nobody knows", "ann standby 7"}));
  // One that has answered, and owns it no longer.
  EXPECT_EQ(TextOf(MergePartitions(told, {{kCases3, {"ann", "", 7}}})), (Lines{"ann standby 7"}));
}

}  // namespace
}  // namespace holdfast
