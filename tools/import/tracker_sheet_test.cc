// How the rows of a tracker sheet are read by its map.
#include "tools/import/tracker_sheet.h"

#include <gtest/gtest.h>

#include "libs/testing/day.h"

namespace holdfast::import {
namespace {

using namespace cases::v1;

TrackerMap Map(const std::string& dates = "dmy") {
  const auto map = ReadTrackerMap("map.yaml", "dates: " + dates + R"(
child: {local_id: ID, born: DOB, name: Name, worker: Worker}
columns:
  - {column: Accommodated, kind: care_start}
  - {column: Status from, kind: legal_status, code: {column: Status, map: {Compulsory: CSO}}}
ignore: [Notes]
)",
                                  Nation::kScotland);
  EXPECT_TRUE(map);
  return *map;
}

constexpr char kHeading[] = "ID,DOB,Name,Worker,Accommodated,Status,Status from,Notes\n";

Result<TrackerSheet> Read(const std::string& text, const TrackerMap& map = Map(),
                          bool is_workbook = false) {
  return ReadTrackerSheet("tracker.csv", *csv::Read(text), map, is_workbook);
}

std::vector<SheetRow> Rows(const std::string& rows) {
  const auto sheet = Read(kHeading + rows);
  EXPECT_TRUE(sheet);
  return sheet->rows;
}

TEST(TrackerSheet, GivesEachMappedCellAsADay) {
  const auto rows = Rows("A1,04/05/2019,Sam,w17,1/3/2025,Compulsory,12/04/2025,seen\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].line, 2u);
  EXPECT_EQ(rows[0].local_id, "A1");
  EXPECT_EQ(rows[0].born, Day("2019-05-04"));
  EXPECT_EQ(rows[0].name, "Sam");
  EXPECT_EQ(rows[0].worker, "w17");
  ASSERT_EQ(rows[0].cells.size(), 2u);
  EXPECT_EQ(rows[0].cells[0].kind, FACT_KIND_CARE_START);
  EXPECT_EQ(rows[0].cells[0].on, Day("2025-03-01"));
  EXPECT_EQ(rows[0].cells[1].code, "CSO");
  EXPECT_TRUE(rows[0].refusals.empty());
}

TEST(TrackerSheet, StatesNothingByABlankCellOrARowWithoutText) {
  const auto rows = Rows("A1,,,,,,,\n,,,,,,,\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_FALSE(rows[0].born);
  EXPECT_TRUE(rows[0].cells.empty());
  EXPECT_TRUE(rows[0].refusals.empty());
}

TEST(TrackerSheet, KeepsARowsGoodCellsBesideABadOne) {
  const auto rows = Rows("A1,04/05/2019,,,2025-03-01,Compulsory,12/04/2025,\n"
                         "A2,04/05/2019,,,01/03/2025,Voluntary,12/04/2025,\n");
  ASSERT_EQ(rows[0].refusals.size(), 1u);
  EXPECT_EQ(rows[0].refusals[0].column, "Accommodated");
  EXPECT_EQ(rows[0].refusals[0].rule, "date");
  EXPECT_EQ(rows[0].cells.size(), 1u);
  EXPECT_FALSE(rows[0].is_refused);
  ASSERT_EQ(rows[1].refusals.size(), 1u);
  EXPECT_EQ(rows[1].refusals[0].column, "Status");
  EXPECT_EQ(rows[1].refusals[0].rule, "no_such_code");
  EXPECT_EQ(rows[1].cells.size(), 1u);
}

TEST(TrackerSheet, RefusesARowThatNamesNoChildOrNoDayOfBirth) {
  const auto rows = Rows(",04/05/2019,,,,,,\nA2,May 2019,,,01/03/2025,,,\nA3,x\n");
  for (const auto& row : rows) {
    EXPECT_TRUE(row.is_refused) << row.line;
    EXPECT_TRUE(row.cells.empty()) << row.line;
  }
  EXPECT_EQ(rows[0].refusals.at(0).rule, "no_local_id");
  EXPECT_EQ(rows[1].refusals.at(0).rule, "date");
  EXPECT_EQ(rows[1].refusals.at(0).column, "DOB");
  EXPECT_EQ(rows[2].refusals.at(0).rule, "cells");
}

TEST(TrackerSheet, TakesEqualRowsOfAChildOnceAndDifferingOnesNotAtAll) {
  const auto rows = Rows("A1,04/05/2019,,,01/03/2025,,,\nA2,04/05/2019,,,01/03/2025,,,\n"
                         "A1,04/05/2019,,,01/03/2025,,,\nA2,04/05/2019,,,02/03/2025,,,\n");
  EXPECT_FALSE(rows[0].repeats);
  EXPECT_EQ(rows[2].repeats, 0u);
  for (const size_t i : {1u, 3u}) {
    ASSERT_EQ(rows[i].refusals.size(), 1u);
    EXPECT_EQ(rows[i].refusals[0].rule, "differing_rows");
    EXPECT_EQ(rows[i].refusals[0].message, "lines 3, 5 are of one child and differ");
    EXPECT_TRUE(rows[i].cells.empty());
  }
}

TEST(TrackerSheet, NamesAllColumnsThatAreNeitherMappedNorIgnored) {
  const auto sheet = Read("ID,DOB,Name,Worker,Accommodated,Status,Status from,Next,Notes,RAG,\n"
                          "A1,,,,,,,,,,x\n");
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().reason, "UNMAPPED_COLUMN");
  EXPECT_EQ(sheet.error().where.field, "Next, RAG, (column 11, which has no name)");
}

TEST(TrackerSheet, NamesAllColumnsThatItLacksAndThoseThatItHasTwice) {
  const auto lacks = Read("id,dob,Worker,Accommodated,Status\n");
  ASSERT_FALSE(lacks);
  EXPECT_EQ(lacks.error().reason, "COLUMN_MISSING");
  EXPECT_EQ(lacks.error().where.field, "Name, Status from");
  const auto twice = Read("ID,DOB,Name,Worker,Accommodated,accommodated,Status,Status from\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().reason, "COLUMN_TWICE");
}

TEST(TrackerSheet, OfAWorkbookHasItsRealDatesBesideTypedOnes) {
  const auto sheet = Read(std::string(kHeading) + "A1,2019-05-04,,,01/03/2025\n", Map(), true);
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->rows.size(), 1u);
  EXPECT_EQ(sheet->rows[0].born, Day("2019-05-04"));
  EXPECT_EQ(sheet->rows[0].cells.at(0).on, Day("2025-03-01"));
}

TEST(TrackerSheet, IsReadAgainFromItsRejectsFile) {
  const auto sheet = Read("FILE,LINE,FIELD,RULE,MESSAGE," + std::string(kHeading) +
                          "tracker.csv,7,DOB,date,not a day,A1,04/05/2019,,,01/03/2025,,,\n");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->heading.front(), "ID");
  EXPECT_EQ(sheet->rows.at(0).local_id, "A1");
  EXPECT_EQ(sheet->rows.at(0).cells.size(), 1u);
}

TEST(TrackerSheet, HasIsoDaysWhereItsMapSaysSo) {
  const auto sheet = Read(std::string(kHeading) + "A1,2019-05-04,,,01/03/2025,,,\n", Map("iso"));
  EXPECT_EQ(sheet->rows.at(0).born, Day("2019-05-04"));
  EXPECT_EQ(sheet->rows.at(0).refusals.at(0).rule, "date");
}

}  // namespace
}  // namespace holdfast::import
