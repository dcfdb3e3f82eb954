// Rules 6, 12 to 17 and 19 of the import, from files to totals, in memory.
#include <gtest/gtest.h>

#include <sstream>

#include "tools/import/imports_in_tests.h"

namespace holdfast::import {
namespace {

// All that an import prints but for its files.
std::string Printed(const Report& report) {
  std::ostringstream text;
  for (const auto& [table, totals] : report.tables)
    text << ssda903::Name(table) << " " << Text(totals) << "\n";
  const auto& open = report.open;
  text << "events " << report.events << ", notes " << report.notes.size() << ", fields aside "
       << report.fields_aside.size() << ", vanished " << report.vanished << ", returned "
       << report.returned << ", late " << report.late << ", moved " << report.moved << ", removed "
       << report.removed << "\nopen: " << open.overlap << " " << open.two_open << " "
       << open.lacks_continuation << " " << open.after_died << " " << open.not_in_next_return << " "
       << open.removed_in_resubmission;
  return text.str();
}

uint64_t SumOf(const Totals& totals) {
  return totals.refused + totals.set_aside + totals.corrected + totals.facts + totals.unchanged;
}

const Lines kEveryKindOfRow{kHeader,
                            "Header ,1,01/01/2010,WBRI,,,",
                            kOpen,
                            "Episodes A,01/08/2019,P,C9,N1,U6,PR1,,,,,,",
                            "Episodes B,01/08/2019,P,C2,N1,U6,PR1,,,,,,",
                            "Reviews A,01/01/2010,01/06/2019,PN1",
                            "Reviews A,01/01/2010,01/06/2019,PN1",
                            "Reviews A,01/01/2010,01/07/2019,PN1",
                            "Reviews A,01/01/2010,01/07/2019,PN2",
                            "Reviews A,01/01/2010,01/07/2020,PN2",
                            "Reviews A,01/01/2010,01/07/2020,PN2",
                            "Reviews A,01/01/2010",
                            "OC2 A,,,,,,,,,,,",
                            "SocialWorker A,01/01/2010,1,01/05/2019,,"};

TEST(Totals, SayHowEachRowEndedAndSumToTheRowsRead) {
  Imports imports;
  const Report report = imports.Take(2020, kEveryKindOfRow);
  EXPECT_EQ(Text(report.tables.at(Table::kHeader)), "read 2: 1 refused 1 facts");
  EXPECT_EQ(Text(report.tables.at(Table::kEpisodes)), "read 3: 2 refused 1 facts");
  EXPECT_EQ(Text(report.tables.at(Table::kReviews)),
            "read 7: 3 refused 2 set aside 1 facts 1 unchanged");
  EXPECT_EQ(Text(report.tables.at(Table::kOc2)), "read 1: 1 set aside");
  EXPECT_EQ(Text(report.tables.at(Table::kSocialWorker)), "read 1: 1 set aside");
  EXPECT_EQ(report.tables.size(), 11u);
  EXPECT_EQ(report.total.read, kEveryKindOfRow.size());
  EXPECT_EQ(SumOf(report.total), report.total.read);
  EXPECT_EQ(report.rejects.size(), report.total.refused);
}

TEST(Totals, OfTheSecondTimeAreRefusedAndSetAsideAsBeforeAndAllElseUnchangedWithoutEvents) {
  Imports imports;
  const Report first = imports.Take(2020, kEveryKindOfRow);
  const std::string cases = imports.Cases();
  const Report second = imports.Take(2020, kEveryKindOfRow);
  EXPECT_EQ(second.events, 0u);
  EXPECT_EQ(second.total.refused, first.total.refused);
  EXPECT_EQ(second.total.set_aside, first.total.set_aside);
  EXPECT_EQ(second.total.unchanged, first.total.facts + first.total.unchanged);
  EXPECT_EQ(second.late + second.vanished + second.returned + second.moved + second.removed, 0u);
  EXPECT_EQ(imports.Cases(), cases);
}

TEST(Totals, CountFieldsAsideAndNotesOfRowsThatWereTaken) {
  Imports imports;
  const Report report =
      imports.Take(2020, {"Header A,9,01/01/2010,XX,,,",
                          "Episodes A,01/05/2019,S,C2,N1,Z11,PR1,01/04/2020,E2,,,,",
                          "Episodes A,01/06/2019,S,C9,XX,U6,PR1,,E2,,,,"});
  EXPECT_EQ(report.fields_aside.size(), 4u);  // SEX, ETHNIC, DEC, REC
  EXPECT_EQ(report.notes.size(), 1u);         // Z11
}

TEST(RepeatedRows, ShareTheirFirstsVerdictWhereTheRecordRefusesIt) {
  Imports imports;
  const Report report =
      imports.Take(2020, {"Header", "Reviews A,,01/06/2019,PN1", "Reviews A,,01/06/2019,PN1"});
  EXPECT_EQ(Text(report.tables.at(Table::kReviews)), "read 2: 2 refused");
  ASSERT_EQ(report.rejects.size(), 2u);
  EXPECT_EQ(report.rejects[1].remark.rule, "no_header");
}

TEST(DryRun, PrintsTheSameTotalsAndStoresNothing) {
  Imports imports;
  imports.Take(2020, {kHeader, kOpen});
  const std::string cases = imports.Cases();
  const Lines next{kHeader, kEnded, "Episodes A,01/06/2020,S,C2,N1,U6,PR1,,,,,,",
                   "Reviews A,,01/06/2019,PN9"};
  const Report dry = imports.Take(2021, next, {.dry_run = true});
  EXPECT_EQ(imports.Cases(), cases);
  const Report real = imports.Take(2021, next);
  EXPECT_EQ(Printed(dry), Printed(real));
  EXPECT_EQ(dry.rejects.size(), real.rejects.size());
}

TEST(DryRun, SaysWhatTheImportWillFindOpenVanishedReturnedMovedAndRemoved) {
  Imports imports;
  const std::vector<std::pair<int, Lines>> submissions{
      {2021, {kHeader, kOpen, "Episodes A,01/07/2019,P,C2,N1,U6,PR1,,,,,,"}},
      {2022, {kHeader, "Episodes A,08/05/2019,S,C2,N1,U6,PR1,,,,,,"}},
      {2020,
       {kHeader, kOpen, "Header B,1,01/01/2010,,,,",
        "Episodes B,01/05/2019,S,C2,N1,U6,,01/06/2019,X1,,,,"}},
      {2023, {kHeader, kOpen, "Episodes A,08/05/2019,S,C2,N1,U6,PR1,01/06/2022,E2,,,,"}},
      {2021, {kHeader, kOpen}},
      {2022, {kHeader, kOpen, "Episodes A,08/05/2019,S,C2,N1,U6,PR1,,,,,,"}},
      {2022,
       {kHeader, "Episodes A,01/05/2019,S,C9,N1,U6,PR1,,,,,,",
        "Episodes A,08/05/2019,S,C2,N1,U6,PR1,,,,,,"}},
  };
  uint64_t changes = 0;
  for (const auto& [year, lines] : submissions) {
    const std::string cases = imports.Cases();
    const std::string dry = Printed(imports.Take(year, lines, {.whole = true, .dry_run = true}));
    EXPECT_EQ(imports.Cases(), cases);
    const Report real = imports.Take(year, lines, {.whole = true});
    EXPECT_EQ(dry, Printed(real)) << year;
    changes += real.vanished + real.returned + real.moved + real.removed;
  }
  EXPECT_GT(changes, 4u);
}

TEST(Findings, CountWhatVanishedReturnedWasLateAndMoved) {
  Imports imports;
  imports.Take(2020, {kHeader, kOpen});
  const Report lacks = imports.Take(2021, {kHeader, "Episodes A,08/05/2019,S,C2,N1,U6,PR1,,,,,,"});
  EXPECT_EQ(lacks.vanished, 1u);
  EXPECT_EQ(lacks.late, 1u);
  EXPECT_EQ(lacks.moved, 1u);
  EXPECT_EQ(lacks.open.not_in_next_return, 1u);
  const Report back = imports.Take(
      2022, {kHeader, kOpen, "Episodes A,08/05/2019,S,C2,N1,U6,PR1,01/05/2020,X1,,,,"});
  EXPECT_EQ(back.returned, 1u);
  EXPECT_EQ(back.vanished, 0u);
  EXPECT_EQ(back.late, 0u);
  EXPECT_EQ(back.open.not_in_next_return, 0u);
}

TEST(Findings, OfAKeyThatTheNextReturnRefusedAreNotThatItVanished) {
  Imports imports;
  imports.Take(2020, {kHeader, kOpen});
  const Report refused =
      imports.Take(2021, {kHeader, "Episodes A,01/05/2019,S,C9,N1,U6,PR1,,,,,,"});
  EXPECT_EQ(refused.vanished, 0u);
  EXPECT_EQ(refused.open.not_in_next_return, 0u);
}

TEST(Findings, OfAChildThatTheReturnLacksAreItsVanishedRows) {
  Imports imports;
  imports.Take(2020, {kHeader, kOpen});
  EXPECT_EQ(imports
                .Take(2021, {"Header B,1,01/01/2010,WBRI,,,",
                             "Episodes B,01/05/2019,S,C2,N1,U6,PR1,,,,,,"})
                .vanished,
            1u);
}

// A return of `count` children, with a review of each.
Lines ReturnOf(int count) {
  Lines lines;
  for (int i = 0; i < count; ++i) {
    const std::string child = "C" + std::to_string(i);
    lines.push_back("Header " + child + ",1,01/01/2010,WBRI,,,");
    lines.push_back("Reviews " + child + ",,01/06/2019,PN1");
  }
  return lines;
}

TEST(RemovalGuard, ImportsNothingWhereMoreThanHalfOfATableWouldGo) {
  Imports imports;
  imports.Take(2020, ReturnOf(4));
  const std::string cases = imports.Cases();
  const auto turned_away = imports.Try(2020, Files(ReturnOf(1)), {});
  ASSERT_FALSE(turned_away);
  EXPECT_EQ(turned_away.error().reason, "TOO_MANY_REMOVED");
  EXPECT_EQ(imports.Cases(), cases);
}

TEST(RemovalGuard, LetsHalfGo) {
  Imports imports;
  imports.Take(2020, ReturnOf(4));
  const Report half = imports.Take(2020, ReturnOf(2));
  EXPECT_EQ(half.removed, 4u);
  EXPECT_EQ(half.open.removed_in_resubmission, 4u);
}

TEST(RemovalGuard, IsNotAskedWithWholeNorOfARepair) {
  Imports imports;
  imports.Take(2020, ReturnOf(4));
  EXPECT_EQ(imports.Take(2020, ReturnOf(1), {.repair = true}).removed, 0u);
  EXPECT_EQ(imports.Take(2020, ReturnOf(1), {.whole = true}).removed, 6u);
}

TEST(RemovalGuard, DoesNotCountWhatTheSubmissionRefuses) {
  Imports imports;
  imports.Take(2020, ReturnOf(2));
  Lines refused = ReturnOf(2);
  for (auto& line : refused) {
    if (line.starts_with("Reviews")) line.replace(line.find("PN1"), 3, "PN9");
  }
  EXPECT_EQ(imports.Take(2020, refused).removed, 0u);
}

TEST(Years, ArriveInAnyOrderAndTwiceAndGiveTheSameCases) {
  const std::vector<std::pair<int, Lines>> years{
      {2020,
       {kHeader, kOpen, "Header B,2,01/01/2012,WBRI,,,",
        "Episodes B,01/05/2019,P,V3,N1,K2,PR1,,,,,,", "Reviews A,,01/06/2019,PN1"}},
      {2021,
       {kHeader, kEnded, "Episodes B,01/05/2019,P,C9,N1,K2,PR1,,,,,,",
        "Reviews A,,01/05/2020,PN1"}},
      {2022,
       {"Header B,2,02/01/2012,WBRI,,,", "Episodes B,01/05/2019,P,V3,N1,K2,PR1,01/05/2021,X1,,,,",
        "PlacedAdoption B,,01/05/2021,,"}},
  };
  const auto cases_in = [&](const std::vector<size_t>& order) {
    Imports imports;
    for (const size_t i : order) imports.Take(years[i].first, years[i].second);
    return imports.Cases();
  };
  const std::string expected = cases_in({0, 1, 2});
  EXPECT_FALSE(expected.empty());
  for (const auto& order : std::vector<std::vector<size_t>>{
           {2, 1, 0}, {1, 2, 0}, {0, 2, 1}, {0, 0, 1, 1, 2, 2}, {2, 2, 1, 0, 1, 0}}) {
    EXPECT_EQ(cases_in(order), expected);
  }
}

}  // namespace
}  // namespace holdfast::import
