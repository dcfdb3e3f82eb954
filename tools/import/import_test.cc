// Rules 6, 12 to 17 and 19 of the import, from files to totals, in memory.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "libs/ssda903/files_in_tests.h"
#include "services/cases/domain/render_case.h"
#include "tools/import/importer.h"
#include "tools/import/memory_record.h"
#include "tools/import/rejects.h"

namespace holdfast::import {
namespace {

using ssda903::Files;
using ssda903::Table;
using Lines = std::vector<std::string>;

const std::string kHeader = "Header A,1,01/01/2010,WBRI,,,";
const std::string kOpen = "Episodes A,01/05/2019,S,C2,N1,U6,PR1,,,,,,";
const std::string kEnded = "Episodes A,01/05/2019,S,C2,N1,U6,PR1,01/06/2020,E4A,,,,";

struct Options {
  bool repair = false;
  bool whole = false;
  bool dry_run = false;
};

class Imports {
 public:
  Result<Report> Try(int year, std::vector<ssda903::SourceFile> files, Options options) {
    read_.push_back(
        std::make_unique<ssda903::Return>(ReadInTests(std::move(files), year, options.repair)));
    const ImportOptions import_options{.authority = "E06000901",
                                       .run = RunId{HashId("run", {std::to_string(read_.size())})},
                                       .run_number = read_.size(),
                                       .dry_run = options.dry_run,
                                       .whole = options.whole};
    return Import(*read_.back(), import_options, record_, {});
  }
  Report Take(int year, const Lines& lines, Options options = {}) {
    return *Try(year, Files(lines), options);
  }

  const ssda903::Return& last_read() const { return *read_.back(); }
  MemoryRecord& record() { return record_; }

  // All cases, as bytes.
  std::string Cases() {
    std::string bytes;
    for (const auto& [child, facts] : record_.children()) {
      if (facts.registered)
        bytes += cases::RenderCase(child, facts, record_.coverage(), {}).SerializeAsString();
    }
    return bytes;
  }

 private:
  MemoryRecord record_{"E06000901"};
  std::vector<std::unique_ptr<ssda903::Return>> read_;  // reports point into them
};

// "read 3: 1 refused, 2 facts", without zeros.
std::string Text(const Totals& totals) {
  std::string text = "read " + std::to_string(totals.read) + ":";
  const std::pair<const char*, uint64_t> parts[] = {{"refused", totals.refused},
                                                    {"set aside", totals.set_aside},
                                                    {"corrected", totals.corrected},
                                                    {"facts", totals.facts},
                                                    {"unchanged", totals.unchanged}};
  for (const auto& [name, count] : parts) {
    if (count > 0) text += " " + std::to_string(count) + " " + name;
  }
  return text;
}

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

class RejectsFolder {
 public:
  RejectsFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("holdfast-rejects-" + std::to_string(getpid()))) {}
  ~RejectsFolder() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

void Replace(std::string& text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

TEST(Rejects, AreTheRowsAsTheyWereWithTheirReasonForTheirOwnerAlone) {
  Imports imports;
  const RejectsFolder folder;
  const Report report =
      imports.Take(2020, {kHeader, "Episodes A,01/05/2019,S,C9,N1,U6,PR1,,E2,\"A, b\",,,"});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), report));
  const auto files = *ssda903::ReadFolder(folder.path());
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].name, "Episodes.csv");
  EXPECT_EQ(files[0].bytes,
            "FILE,LINE,FIELD,RULE,MESSAGE,CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
            "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\r\n"
            "Episodes.csv,2,LS,144,a code of no year,"
            "A,01/05/2019,S,C9,N1,U6,PR1,,E2,\"A, b\",,,\r\n");
  struct stat info {};
  ASSERT_EQ(stat((folder.path() + "/Episodes.csv").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(Rejects, CanBeImportedAgainAfterRepair) {
  Imports imports;
  const RejectsFolder folder;
  const Report report = imports.Take(
      2020,
      {kHeader, kOpen, "Episodes A,01/08/2019,P,C9,N1,U6,PR1,,,,,,", "Reviews A,,01/06/2019,PN9"});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), report));
  auto files = *ssda903::ReadFolder(folder.path());
  ASSERT_EQ(files.size(), 2u);
  Replace(files[0].bytes, "C9", "C2");
  Replace(files[1].bytes, "PN9", "PN1");
  const auto repaired = imports.Try(2020, files, {.repair = true});
  ASSERT_TRUE(repaired);
  EXPECT_EQ(Text(repaired->total), "read 2: 2 facts");
  EXPECT_EQ(repaired->open.not_in_next_return, 0u);
}

TEST(Rejects, OfARejectsFileInLowerCaseCarryTheirReasonOnce) {
  Imports imports;
  const RejectsFolder folder;
  auto files = Files({kHeader});
  files.push_back({"episodes.csv",
                   "file,line,child,decom,rne,ls,cin,place,place_provider,dec,rec,reason_place_"
                   "change,home_post,pl_post,urn,rule\n"
                   "old.csv,7,A,01/05/2019,S,C9,N1,U6,PR1,,,,,,,144\n"});
  const auto report = imports.Try(2020, files, {.repair = true});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), *report));
  const auto written = *ssda903::ReadFolder(folder.path());
  EXPECT_EQ(written[0].bytes,
            "FILE,LINE,FIELD,RULE,MESSAGE,child,decom,rne,ls,cin,place,place_provider,dec,rec,"
            "reason_place_change,home_post,pl_post,urn\r\n"
            "episodes.csv,2,LS,144,a code of no year,A,01/05/2019,S,C9,N1,U6,PR1,,,,,,\r\n");
}

TEST(Rejects, OfRowsWithTheWrongNumberOfCellsAreStillWrongUntilTheyAreRepaired) {
  Imports imports;
  const RejectsFolder folder;
  auto files = Files({kHeader});
  files.push_back({"reviews.csv",
                   "\xEF\xBB\xBF\"CHILD\",DOB,REVIEW,REVIEW_CODE\r\n"
                   "A,01/06/2019,PN1\r\n"
                   "A,,01/07/2019,PN1,more,\"a \"\"b\"\",\nc\"\r\n"
                   "A,,01/08/2019,PN9\r\n"});
  const auto report = imports.Try(2020, files, {});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), *report));
  auto rejects = *ssda903::ReadFolder(folder.path());
  ASSERT_EQ(rejects.size(), 1u);
  EXPECT_EQ(rejects[0].bytes,
            "FILE,LINE,FIELD,RULE,MESSAGE,CHILD,DOB,REVIEW,REVIEW_CODE\r\n"
            "reviews.csv,2,,cells,\"the line has 3 cells, the heading 4\",A,01/06/2019,PN1\r\n"
            "reviews.csv,3,,cells,\"the line has 6 cells, the heading 4\","
            "A,,01/07/2019,PN1,more,\"a \"\"b\"\",\nc\"\r\n"
            "reviews.csv,5,REVIEW_CODE,167,a code of no year,A,,01/08/2019,PN9\r\n");

  EXPECT_EQ(Text(imports.Try(2020, rejects, {.repair = true})->total), "read 3: 3 refused");
  Replace(rejects[0].bytes, "A,01/06/2019,PN1", "A,,01/06/2019,PN1");
  Replace(rejects[0].bytes, ",more,\"a \"\"b\"\",\nc\"", "");
  Replace(rejects[0].bytes, "PN9", "PN2");
  EXPECT_EQ(Text(imports.Try(2020, rejects, {.repair = true})->total), "read 3: 3 facts");
}

TEST(Rejects, OfAnEarlierRunAreNotLeftToMislead) {
  Imports imports;
  const RejectsFolder folder;
  const Report refused = imports.Take(2020, {kHeader, kOpen, "Reviews A,,01/06/2019,PN9"});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), refused));
  EXPECT_EQ(ssda903::ReadFolder(folder.path())->size(), 1u);
  ASSERT_TRUE(CheckRejectsFolder(folder.path(), "/nowhere"));
  const Report taken = imports.Take(2020, {kHeader, kOpen, "Reviews A,,01/06/2019,PN1"});
  ASSERT_TRUE(WriteRejects(folder.path(), imports.last_read(), taken));
  EXPECT_TRUE(ssda903::ReadFolder(folder.path())->empty());
}

TEST(Rejects, AreNeverWrittenOverWhatIsNone) {
  const RejectsFolder folder;
  std::filesystem::create_directories(folder.path());
  std::ofstream(folder.path() + "/Reviews.csv") << "CHILD,DOB,REVIEW,REVIEW_CODE\nA,,,\n";
  EXPECT_EQ(CheckRejectsFolder(folder.path(), "/nowhere").error().reason, "IN_THE_WAY");
  std::filesystem::remove(folder.path() + "/Reviews.csv");
  EXPECT_TRUE(CheckRejectsFolder(folder.path(), "/nowhere"));
  EXPECT_EQ(CheckRejectsFolder(folder.path(), folder.path() + "/.").error().reason, "IN_THE_WAY");
}

TEST(Notes, AreListedByRowWithoutAnyValueOfIt) {
  Imports imports;
  const RejectsFolder folder;
  std::filesystem::create_directories(folder.path());
  const Report report =
      imports.Take(2020, {kHeader, "Episodes A,01/05/2019,S,C2,N1,Z11,PR1,01/04/2020,E2,,,,",
                          "Reviews A,,01/04/2019,PN1"});
  ASSERT_TRUE(WriteNotes(folder.path() + "/notes.csv", report));
  EXPECT_EQ(
      ssda903::ReadFolder(folder.path())->at(0).bytes,
      "KIND,TABLE,FILE,LINE,FIELD,RULE,MESSAGE\r\n"
      "note,Episodes,Episodes.csv,2,PLACE,146,a code of another year\r\n"
      "note,Reviews,Reviews.csv,2,REVIEW,outside_care,the review lies in no care period: it "
      "starts and stops no clock\r\n"
      "field_aside,Episodes,Episodes.csv,2,DEC,147,after the year end: the row is open\r\n"
      "field_aside,Episodes,Episodes.csv,2,REC,149,the row is open: a reason for its end does "
      "not count\r\n");
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
