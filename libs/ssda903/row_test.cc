// Rules 2 to 6 of the import: what a row's own words decide of it.
#include "libs/ssda903/row.h"

#include <gtest/gtest.h>

#include "libs/ssda903/files_in_tests.h"

namespace holdfast::ssda903 {
namespace {

// How one row of the return of 2020 ends: "take", "set aside", or the column and rule of its
// refusal.
std::string VerdictOf(const Row& row) {
  switch (row.verdict) {
    case Verdict::kTake:
      return "take";
    case Verdict::kSetAside:
      return "set aside";
    case Verdict::kRefuse:
      return "refuse " + row.reason.field + " " + row.reason.rule;
  }
  return "";
}

std::vector<Row> RowsOf(const std::vector<std::string>& lines, int year = 2020) {
  const Return read = ReadInTests(Files(lines), year);
  std::vector<Row> rows;
  for (const auto& [table, of_table] : read.tables)
    rows.insert(rows.end(), of_table.rows.begin(), of_table.rows.end());
  return rows;
}

Row RowOf(const std::string& line, int year = 2020) { return RowsOf({line}, year).at(0); }

using Columns = std::vector<std::string>;

Columns ColumnsIn(const std::vector<Remark>& remarks) {
  Columns columns;
  for (const auto& remark : remarks) columns.push_back(remark.field);
  return columns;
}

struct Verdicted {
  const char* line;
  const char* verdict;
};

// Each line has every fault of the lines after it as well, as far as a row can: so the table is the
// order of precedence.
TEST(EpisodeVerdict, IsTheFirstThatApplies) {
  const std::vector<Verdicted> table{
      {"Episodes ,32/05/2019,X,X,N1,X,PR1,31/02/2020,,,,", "refuse  cells"},
      {"Episodes ,32/05/2019,X,X,N1,X,PR1,31/02/2020,,,,,", "refuse CHILD needed"},
      {"Episodes A,,X,X,N1,X,PR1,31/02/2020,,,,,", "refuse DECOM 141"},
      {"Episodes A,32/05/2019,X,X,N1,X,PR1,31/02/2020,,,,,", "refuse DECOM 141"},
      {"Episodes A,01/05/2020,X,X,N1,X,PR1,31/02/2020,,,,,", "refuse DEC 147"},
      {"Episodes A,01/05/2020,X,X,N1,X,PR1,01/04/2020,,,,,", "refuse DEC 356"},
      {"Episodes A,01/05/2020,X,X,N1,X,PR1,,,,,,", "refuse DECOM 354"},
      {"Episodes A,01/05/2019,X,X,N1,X,PR1,,,,,,", "refuse RNE 143"},
      {"Episodes A,01/05/2019,,X,N1,X,PR1,,,,,,", "refuse RNE 143"},
      {"Episodes A,01/05/2019,S,c2,N1,X,PR1,,,,,,", "refuse LS 144"},
      {"Episodes A,01/05/2019,S,C2,N1,,PR1,,,,,,", "refuse PLACE 146"},
      {"Episodes A,01/05/2019,S,C2,XX,U6,XX,,XX,XX,,,", "take"},
  };
  for (const auto& [line, verdict] : table) EXPECT_EQ(VerdictOf(RowOf(line)), verdict) << line;
}

TEST(VerdictOfOtherTables, RefusesWhatCannotBeKeyedAndSetsAsideWhatLiesAhead) {
  const std::vector<Verdicted> table{
      {"Header A,1,,WBRI,,,", "refuse DOB 102"},
      {"Header A,1,1/1/2010,WBRI,,,", "refuse DOB 102"},
      {"Header ,1,01/01/2010,WBRI,,,", "refuse CHILD 1015"},
      {"Header A,9,01/01/2010,XXXX,,7,99/99/9999", "take"},
      {"Reviews A,01/01/2010,,PN1", "refuse REVIEW 166"},
      {"Reviews A,01/01/2010,01/05/2019,", "refuse REVIEW_CODE 167"},
      {"Reviews A,01/01/2010,01/05/2020,PN9", "refuse REVIEW_CODE 167"},
      {"Reviews A,01/01/2010,01/04/2020,PN1", "set aside"},
      {"Reviews A,01/01/2010,31/03/2020,PN1", "take"},
      {"Reviews A,rubbish,31/03/2020,PN1", "take"},
      {"Missing A,01/01/2010,,01/05/2019,", "refuse MISSING 565"},
      {"Missing A,01/01/2010,M,01/05/2019,30/04/2019", "refuse MIS_END 567"},
      {"Missing A,01/01/2010,M,01/05/2019,soon", "refuse MIS_END 567"},
      {"Missing A,01/01/2010,M,01/05/2020,", "set aside"},
      {"PlacedAdoption A,01/01/2010,soon,,", "refuse DATE_PLACED 115"},
      {"PlacedAdoption A,01/01/2010,01/05/2019,30/04/2019,RD1", "refuse DATE_PLACED_CEASED 116"},
      {"PlacedAdoption A,01/01/2010,01/05/2020,,", "set aside"},
      {"AD1 A,01/01/2010,,01/06/2019,0,1,M1,L0", "refuse DATE_INT 112"},
      {"AD1 A,01/01/2010,01/05/2020,,0,1,M1,L0", "set aside"},
      {"UASC A,1,01/01/2010,01/01/2028", "take"},
      {"PrevPerm A,01/01/2010,P9,XXX,soon", "take"},
      {"OC2 ,,,,,,,,,,,", "set aside"},
      {"OC3 too,few", "set aside"},
      {"SocialWorker A,,1,01/05/2019,,", "set aside"},
  };
  for (const auto& [line, verdict] : table) EXPECT_EQ(VerdictOf(RowOf(line)), verdict) << line;
}

TEST(FieldAside, IsEveryOptionalDateThatCannotBeReadAndEveryOptionalCodeOfNoYear) {
  const std::vector<std::pair<const char*, Columns>> table{
      {"Header A,9,01/01/2010,XX,UPN,2,soon", {"SEX", "ETHNIC", "MOTHER", "MC_DOB"}},
      {"Episodes A,01/05/2019,S,C2,N9,U6,PR9,01/06/2019,E99,XXX,,,",
       {"CIN", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE"}},
      {"AD1 A,soon,01/05/2019,soon,2,3,XX,L9",
       {"DOB", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"}},
      {"UASC A,9,soon,soon", {"SEX", "DOB", "DUC"}},
      {"PrevPerm A,,P9,anything,soon", {"PREV_PERM", "DATE_PERM"}},
      {"PlacedAdoption A,,01/05/2019,01/06/2019,XXX", {"REASON_PLACED_CEASED"}},
  };
  for (const auto& [line, columns] : table) {
    const Row row = RowOf(line);
    EXPECT_EQ(VerdictOf(row), "take") << line;
    EXPECT_EQ(ColumnsIn(row.fields_aside), columns) << line;
  }
}

TEST(OpenRow, HasNoReasonForAnEnd) {
  const Row row = RowOf("Episodes A,01/05/2019,S,C2,N1,U6,PR1,,E2,CARPL,,,");
  EXPECT_EQ(VerdictOf(row), "take");
  EXPECT_EQ(ColumnsIn(row.fields_aside), (Columns{"REC", "REASON_PLACE_CHANGE"}));
  EXPECT_EQ(row.content.episode().rec(), "");
  const Row placed = RowOf("PlacedAdoption A,,01/05/2019,,RD1");
  EXPECT_EQ(ColumnsIn(placed.fields_aside), (Columns{"REASON_PLACED_CEASED"}));
  EXPECT_EQ(placed.content.placed_adoption().reason_placed_ceased(), "");
}

TEST(AnEndAfterTheYearEnd, LeavesTheRowOpen) {
  const Row row = RowOf("Episodes A,01/05/2019,S,C2,N1,U6,PR1,01/04/2020,E2,CARPL,,,");
  EXPECT_EQ(VerdictOf(row), "take");
  EXPECT_EQ(ColumnsIn(row.fields_aside), (Columns{"DEC", "REC", "REASON_PLACE_CHANGE"}));
  EXPECT_FALSE(row.content.episode().has_dec());
  EXPECT_FALSE(RowOf("Missing A,,M,01/05/2019,01/04/2020").content.missing().has_mis_end());
  EXPECT_FALSE(RowOf("PlacedAdoption A,,01/05/2019,01/04/2020,RD1")
                   .content.placed_adoption()
                   .has_date_placed_ceased());
  EXPECT_TRUE(
      RowOf("Episodes A,01/05/2019,S,C2,N1,U6,PR1,31/03/2020,E2,,,,").content.episode().has_dec());
}

TEST(DateMatch, AfterTheYearEndIsAFieldAside) {
  const Row row = RowOf("AD1 A,,01/05/2019,01/04/2020,0,1,M1,L0");
  EXPECT_EQ(ColumnsIn(row.fields_aside), (Columns{"DATE_MATCH"}));
  EXPECT_FALSE(row.content.ad1().has_date_match());
}

TEST(ReadRow, TakesEitherFormOfDateSpacesAndSexInFigures) {
  const Row row = RowOf("Header  A 1 , 2.0 , 2010-01-31 ,WBRI,,1.0,");
  EXPECT_EQ(row.local_id, "A 1");
  EXPECT_EQ(row.born, Day("2010-01-31"));
  EXPECT_EQ(row.content.header().sex(), "F");
  EXPECT_EQ(row.content.header().mother(), "1");
  EXPECT_TRUE(row.fields_aside.empty());
}

TEST(ReadRow, NotesACodeOfAnotherYear) {
  const std::string guardianship = "Episodes A,01/05/2017,S,C2,N1,U6,PR1,01/06/2017,E45,,,,";
  EXPECT_EQ(ColumnsIn(RowOf(guardianship, 2018).notes), (Columns{"REC"}));
  EXPECT_EQ(ColumnsIn(RowOf(guardianship, 2019).notes), Columns{});
  EXPECT_EQ(RowOf(guardianship, 2019).content.episode().rec(), "E45");
  const std::string open = "Episodes A,01/05/2017,S,C2,N1,U6,PR1,,E45,,,,";
  EXPECT_EQ(ColumnsIn(RowOf(open, 2018).notes), Columns{}) << "the row is taken without it";
}

TEST(RowsOfOneKey, DifferWhereOneEndsBeforeItsStartThoughBothLieAfterTheYear) {
  const auto rows = RowsOf({"Missing A,,M,07/05/2020,", "Missing A,,M,07/05/2020,05/05/2020"});
  EXPECT_EQ(rows[0].verdict, Verdict::kRefuse);
  EXPECT_EQ(rows[1].verdict, Verdict::kRefuse);
}

TEST(RowsOfOneKey, RepeatTheFirstWhereTheyAreIdentical) {
  const auto rows = RowsOf({"Episodes A,01/05/2019,S,C2,N1,U6,PR1,,E2,,,,",
                            "Episodes A,01/05/2019,S,C2,N1,U6,PR1,01/04/2020,,,,,",
                            "Episodes A,2019-05-01,S,C2,N1,U6,PR1,,,,,,"});
  EXPECT_FALSE(rows[0].repeats);
  EXPECT_EQ(rows[1].repeats, 0u) << "fields aside are not compared";
  EXPECT_EQ(rows[2].repeats, 0u);
}

TEST(RowsOfOneKey, AreAllRefusedWhereAnyTwoDifferAndNameEachOther) {
  const auto rows = RowsOf({"Reviews A,,01/05/2019,PN1", "Reviews A,,01/05/2019,PN1",
                            "Reviews A,,01/05/2019,PN2", "Reviews A,,02/05/2019,PN1"});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(VerdictOf(rows[i]), "refuse  differing_rows");
  EXPECT_NE(rows[0].reason.message.find("3, 4"), std::string::npos) << rows[0].reason.message;
  EXPECT_EQ(VerdictOf(rows[3]), "take");
}

TEST(RowsOfOneKey, AreComparedBeforeAnyOtherVerdictAndAsWrittenWhereAValueCannotBeRead) {
  const auto set_aside = RowsOf({"Reviews A,,01/05/2020,PN1", "Reviews A,,01/05/2020,PN2"});
  EXPECT_EQ(VerdictOf(set_aside[0]), "refuse  differing_rows");
  const auto unreadable = RowsOf({"Episodes A,01/05/2019,S,C2,N1,U6,PR1,soon,,,,,",
                                  "Episodes A,01/05/2019,S,C2,N1,U6,PR1,later,,,,,"});
  EXPECT_EQ(VerdictOf(unreadable[0]), "refuse  differing_rows");
  const auto same = RowsOf({"Episodes A,01/05/2019,S,C2,N1,U6,PR1,soon,,,,,",
                            "Episodes A,01/05/2019,S,C2,N1,U6,PR1,soon,,,,,"});
  EXPECT_EQ(VerdictOf(same[0]), "refuse DEC 147");
  EXPECT_EQ(same[1].repeats, 0u);
}

TEST(RowsOfOneKey, LeaveOutTheDayOfBirthButInHeader) {
  EXPECT_EQ(
      RowsOf({"Reviews A,01/01/2010,01/05/2019,PN1", "Reviews A,02/01/2010,01/05/2019,PN1"})[1]
          .repeats,
      0u);
  EXPECT_EQ(VerdictOf(RowsOf({"Header A,1,01/01/2010,,,,", "Header A,1,02/01/2010,,,,"})[0]),
            "refuse  differing_rows");
  EXPECT_EQ(RowsOf({"Header A,1,01/01/2010,,,,", "Header A,M,2010-01-01,,,,"})[1].repeats, 0u);
}

TEST(RowsOfOneKey, AreNoneOfALineWithTheWrongNumberOfCells) {
  const auto rows = RowsOf({"Reviews A,,01/05/2019,PN1", "Reviews A,,01/05/2019"});
  EXPECT_EQ(VerdictOf(rows[0]), "take");
  EXPECT_EQ(VerdictOf(rows[1]), "refuse  cells");
}

}  // namespace
}  // namespace holdfast::ssda903
