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
  EXPECT_EQ(ReadFeedCsv("\"event_id\ne1\n").error().reason, "BAD_CSV");
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

// Each row as "LINE event_id", or "LINE why it is none (field)".
std::string RowsOf(const Result<std::vector<FeedRow>>& rows) {
  if (!rows) return rows.error().reason;
  std::string text;
  for (const auto& row : *rows) {
    text += std::to_string(row.line) + " " + (row.why_not.empty() ? row.item.event_id() : row.why_not);
    text += (row.field.empty() ? "" : " (" + row.field + ")") + std::string("\n");
  }
  return text;
}

TEST(AFeedFile, OfJsonRefusesALineThatIsNone) {
  EXPECT_EQ(RowsOf(ReadFeedJson("{\"event_id\":\n{\"event_id\":\"e2\"}\n[]\n\n{\"event_id\":{}}\n"
                                "{\"event_id\":\"e6\"}\n")),
            "1 BAD_JSON\n2 e2\n3 BAD_JSON\n5 BAD_ROW (event_id)\n6 e6\n");
  EXPECT_EQ(RowsOf(ReadFeedJson("{\"event_id\":\"e1\"}\n{\"event_id\":\"e2\",\"ki")),
            "1 e1\n2 BAD_JSON\n");
  EXPECT_EQ(RowsOf(ReadFeedJson("{\"event_id\":\"\xff\"}\n{\"event_id\":\"e2\"}\n")),
            "1 BAD_JSON\n2 e2\n");
}

TEST(AFeedFile, OfCsvRefusesARowThatIsCutOff) {
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,kind\ne1,hearing_set\ne2")), "2 e1\n3 BAD_ROW\n");
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,reason\ne1,\"a, b\"\ne2,\"beca")), "2 e1\n3 BAD_CSV\n");
}

TEST(AFeedFile, OfCsvRefusesTheRowAloneWhoseQuoteIsNeverClosed) {
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,reason\ne1,\"open\ne2,shut\ne3,\"a, b\"\ne4,\"two\nlines\"\n"
                               "e5,\"open\ne6,\n")),
            "2 BAD_CSV\n3 e2\n4 e3\n5 e4\n7 BAD_CSV\n8 e6\n");
  // Two broken quotes, which close each other.
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,reason\n\"e1,x\ne2,shut\n\"e3,y\ne4,z\n")),
            "2 BAD_CSV\n3 e2\n4 BAD_CSV\n5 e4\n");
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,reason\ne1,\"open\ne2,\ne3,\"shut\"\n")),
            "2 BAD_CSV\n3 e2\n4 e3\n");
}

TEST(AFeedFile, OfCsvTakesACellOfSeveralLines) {
  EXPECT_EQ(RowsOf(ReadFeedCsv("event_id,reason\ne1,\"two\nlines, \"\"so\"\"\"\ne2,\n")),
            "2 e1\n4 e2\n");
}

TEST(AFeedFile, KnowsALineThatIsNoItem) {
  const auto rows = ReadFeedCsv("event_id,kind\ne1\ne2,hearing_set,x\ne3,hearing_set\n");
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)[0].why_not + (*rows)[1].why_not + (*rows)[2].why_not, "BAD_ROWBAD_ROW");
}

}  // namespace
}  // namespace holdfast::cli
