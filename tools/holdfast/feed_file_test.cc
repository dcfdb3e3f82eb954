#include "tools/holdfast/feed_file.h"

#include <gtest/gtest.h>

namespace holdfast::cli {
namespace {

TEST(AFeedFile, OfEitherKindSaysTheSame) {
  const auto csv = ReadFeedCsv(
      "event_id,sent_at,kind,on,ref,authority,local_id,case_ref,name,born,code,until,after,reason\n"
      "e1,2024-05-02T10:00:00Z,order_made,2024-05-01,R1,S12000901,L1,C1,Anna,2015-01-01,CSO,"
      "2025-04-30,,because\n");
  const auto json = ReadFeedJson(
      "\n{\"event_id\":\"e1\",\"sent_at\":\"2024-05-02T10:00:00Z\",\"kind\":\"order_made\","
      "\"on\":\"2024-05-01\",\"ref\":\"R1\",\"authority\":\"S12000901\",\"local_id\":\"L1\","
      "\"case_ref\":\"C1\",\"name\":\"Anna\",\"born\":\"2015-01-01\",\"code\":\"CSO\","
      "\"until\":\"2025-04-30\",\"after\":null,\"reason\":\"because\"}\n");
  ASSERT_TRUE(csv && json);
  ASSERT_EQ(csv->size(), 1U);
  EXPECT_EQ(csv->front().item.SerializeAsString(), json->front().item.SerializeAsString());
  EXPECT_EQ(csv->front().line, 2U);
  EXPECT_EQ(json->front().line, 2U);
  EXPECT_EQ(csv->front().item.sent_at_us(), 1'714'644'000'000'000);
  EXPECT_EQ(csv->front().item.until().year(), 2025);
}

TEST(AFeedFile, WithAnotherColumnIsRefusedWhole) {
  EXPECT_EQ(ReadFeedCsv("event_id,colour\ne1,red\n").error().reason, "BAD_COLUMNS");
  const auto json = ReadFeedJson("{\"event_id\":\"e1\"}\n{\"colour\":\"red\"}\n");
  EXPECT_EQ(json.error().reason, "BAD_COLUMNS");
  EXPECT_EQ(json.error().where.line, 2U);
}

TEST(AFeedFile, WithAColumnTwiceOrWithoutAHeadingIsRefusedWhole) {
  const auto twice = ReadFeedCsv("event_id,kind,Kind\ne1,hearing_set,hearing_held\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().reason, "BAD_COLUMNS");
  EXPECT_EQ(twice.error().where.field, "kind");
  const auto empty = ReadFeedCsv("");
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().reason, "BAD_COLUMNS");
  EXPECT_TRUE(ReadFeedCsv("event_id,kind\n"));  // nothing to tell is a feed too
}

TEST(AFeedFile, ThatIsNoFeedIsRefused) {
  EXPECT_EQ(ReadFeedJson("{\"event_id\":\n").error().reason, "BAD_JSON");
  EXPECT_EQ(ReadFeedJson("[]\n").error().reason, "BAD_JSON");
  EXPECT_EQ(ReadFeedCsv("event_id\n\"e1\n").error().reason, "BAD_CSV");
  EXPECT_EQ(ReadFeedFile("feed.txt").error().reason, "NOT_A_FEED");
  EXPECT_EQ(ReadFeedFile("/nowhere/feed.csv").error().reason, "CANNOT_READ");
}

TEST(AFeedFile, SendsOnWhatCannotBeRead) {
  const auto rows = ReadFeedCsv("event_id,sent_at,on\ne1,yesterday,01/05/2024\ne2,,\n");
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)[0].item.sent_at_us(), -1);
  EXPECT_TRUE((*rows)[0].item.has_on());
  EXPECT_EQ((*rows)[0].item.on().year(), 0);
  EXPECT_EQ((*rows)[1].item.sent_at_us(), 0);
  EXPECT_FALSE((*rows)[1].item.has_on());
}

TEST(AFeedFile, KnowsALineThatIsNoItem) {
  const auto rows = ReadFeedCsv("event_id,kind\ne1\ne2,hearing_set,x\ne3,hearing_set\n");
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)[0].why_not + (*rows)[1].why_not + (*rows)[2].why_not, "BAD_ROWBAD_ROW");
}

}  // namespace
}  // namespace holdfast::cli
