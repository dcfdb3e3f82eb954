// Rule 1 of the import: which file is which table, and whether the year fits.
#include "libs/ssda903/return.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "libs/ssda903/files_in_tests.h"

namespace holdfast::ssda903 {
namespace {

const std::string kEpisode = "Episodes A,01/05/2019,S,C2,N1,U6,PR1,,,,,,";

std::string ReasonOf(const Result<Return>& read) { return read ? "read" : read.error().reason; }

const FileReport& ReportOf(const Return& read, const std::string& name) {
  return *std::ranges::find(read.files, name, &FileReport::name);
}

TEST(Recognise, KnowsAllElevenTablesByTheirColumnsInAnyOrderAndCase) {
  for (int i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    std::vector<std::string> heading;
    for (const auto& column : ColumnsOf(table)) heading.emplace_back(column.name);
    std::ranges::reverse(heading);
    for (char& c : heading.front()) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(Recognise(heading), table) << Name(table);
    heading.insert(heading.end(), {"FILE", "LINE", "FIELD", "RULE", "MESSAGE"});
    EXPECT_EQ(Recognise(heading), table) << Name(table);
    EXPECT_EQ(TableNamed(Name(table)), table);
    heading.push_back("CHILD");
    EXPECT_EQ(Recognise(heading), std::nullopt) << "a column twice";
  }
  EXPECT_EQ(Recognise({}), std::nullopt);
  EXPECT_EQ(Recognise({"CHILD", "DOB", "DOLO_START", "DOLO_END"}), std::nullopt);
}

TEST(ReadReturn, NamesEveryFileAndWhatBecameOfIt) {
  auto files = Files({kEpisode});
  files.push_back({"return.xml", "<CHILDREN/>"});
  files.push_back({"rules.csv", "RULE,MESSAGE\n1,x\n"});
  files.push_back({"notes.txt", "CHILD,DOB\n"});
  files.push_back({"empty.CSV", ""});
  const Return read = ReadInTests(files);
  EXPECT_EQ(read.files.size(), 5u);
  EXPECT_EQ(ReportOf(read, "Episodes.csv").table, Table::kEpisodes);
  EXPECT_EQ(ReportOf(read, "Episodes.csv").rows, 1u);
  EXPECT_EQ(ReportOf(read, "Episodes.csv").sha256.size(), 64u);
  for (const char* name : {"return.xml", "rules.csv", "notes.txt", "empty.CSV"}) {
    EXPECT_TRUE(ReportOf(read, name).set_aside) << name;
    EXPECT_EQ(ReportOf(read, name).rows, 0u) << name;
  }
}

TEST(ReadReturn, TakesByteOrderMarkLineEndsLowerCaseAndEmptyLines) {
  const Return read =
      ReadInTests({{"e.csv",
                    "\xEF\xBB\xBF"
                    "child,dob,review,review_code\r\n\r\nA,,2019-05-01,PN1\r\n\r\n  \r\n"}});
  ASSERT_EQ(read.tables.at(Table::kReviews).rows.size(), 1u);
  const Row& row = read.tables.at(Table::kReviews).rows[0];
  EXPECT_EQ(row.key_day, Day("2019-05-01"));
  EXPECT_EQ(row.line, 3u);
  EXPECT_EQ(row.file, "e.csv");
}

TEST(ReadReturn, TakesNothingWhereTwoFilesAreOneTableAndNamesBoth) {
  auto files = Files({kEpisode});
  files.push_back({"more.csv", files[0].bytes});
  const auto read = ReadReturn(files, YearEnd(2020), {});
  ASSERT_EQ(ReasonOf(read), "TWO_FILES");
  EXPECT_NE(read.error().message.find("Episodes.csv"), std::string::npos);
  EXPECT_NE(read.error().message.find("more.csv"), std::string::npos);
}

TEST(ReadReturn, TakesTheFileChosenOrTheOneNotIgnored) {
  auto files = Files({kEpisode});
  files.push_back({"more_errors.csv", HeadingOf(Table::kEpisodes)});
  const auto chosen = ReadReturn(files, YearEnd(2020),
                                 {.chosen = {{Table::kEpisodes, "Episodes.csv"}}, .ignored = {}});
  ASSERT_EQ(ReasonOf(chosen), "read");
  EXPECT_EQ(chosen->tables.at(Table::kEpisodes).rows.size(), 1u);
  EXPECT_TRUE(ReportOf(*chosen, "more_errors.csv").set_aside);
  const auto ignored =
      ReadReturn(files, YearEnd(2020), {.chosen = {}, .ignored = {"*_errors.csv"}});
  ASSERT_EQ(ReasonOf(ignored), "read");
  EXPECT_TRUE(ReportOf(*ignored, "more_errors.csv").set_aside);
}

TEST(ReadReturn, TakesNothingWhereTheChosenFileIsNotThere) {
  EXPECT_EQ(ReasonOf(ReadReturn(Files({kEpisode}), YearEnd(2020),
                                {.chosen = {{Table::kEpisodes, "no.csv"}}, .ignored = {}})),
            "NO_SUCH_FILE");
  EXPECT_EQ(ReasonOf(ReadReturn(Files({kEpisode}), YearEnd(2020),
                                {.chosen = {{Table::kReviews, "Episodes.csv"}}, .ignored = {}})),
            "NO_SUCH_FILE");
}

TEST(ReadReturn, TakesNothingOfAFolderWithoutATable) {
  EXPECT_EQ(ReasonOf(ReadReturn({}, YearEnd(2020), {})), "NO_TABLE");
  EXPECT_EQ(ReasonOf(ReadReturn({{"notes.txt", ""}}, YearEnd(2020), {})), "NO_TABLE");
}

TEST(ReadReturn, TakesNothingWhereATableHasAQuoteThatIsNeverClosed) {
  auto files = Files({kEpisode});
  files[0].bytes += "B,\"01/05/2019,S\n";
  EXPECT_EQ(ReasonOf(ReadReturn(files, YearEnd(2020), {})), "BAD_CSV");
  EXPECT_EQ(ReasonOf(ReadReturn({{"other.csv", "A,B\n\"1,2\n"}}, YearEnd(2020), {})), "NO_TABLE");
}

// Of `count` episodes: `ahead` start after the return's year end, the others ended on `dec`.
std::vector<SourceFile> EpisodesOf(int count, int ahead, const std::string& dec) {
  std::vector<std::string> lines{"Episodes"};
  for (int i = 0; i < count; ++i) {
    const std::string end = i < ahead ? "" : dec;
    lines.push_back("Episodes C" + std::to_string(i) + (i < ahead ? ",01/05/2020" : ",01/05/2018") +
                    ",S,C2,N1,U6,PR1," + end + ",E4A,,,,");
  }
  return Files(lines);
}

TEST(TheYear, IsProbablyWrongWhereOverATenthStartsAfterIt) {
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(20, 2, "01/05/2019"), YearEnd(2020), {})), "read");
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(20, 3, "01/05/2019"), YearEnd(2020), {})), "WRONG_YEAR");
}

TEST(TheYear, IsProbablyWrongWhereNoneIsOpenOrEndsWithinIt) {
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(3, 0, "31/03/2019"), YearEnd(2020), {})), "WRONG_YEAR");
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(3, 0, "01/04/2019"), YearEnd(2020), {})), "read");
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(3, 0, ""), YearEnd(2020), {})), "read");
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(3, 0, "01/04/2020"), YearEnd(2020), {})), "read")
      << "open by its year end";
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(3, 0, "soon"), YearEnd(2020), {})), "WRONG_YEAR");
}

TEST(TheYear, IsNotAskedWithRepairNorWhenSaidToBeRightNorWithoutAnEpisode) {
  const auto wrong = EpisodesOf(3, 0, "31/03/2019");
  EXPECT_EQ(
      ReasonOf(ReadReturn(wrong, YearEnd(2020), {.repair = true, .chosen = {}, .ignored = {}})),
      "read");
  EXPECT_EQ(ReasonOf(ReadReturn(wrong, YearEnd(2020),
                                {.year_is_right = true, .chosen = {}, .ignored = {}})),
            "read");
  EXPECT_EQ(ReasonOf(ReadReturn(EpisodesOf(0, 0, ""), YearEnd(2020), {})), "read");
  EXPECT_EQ(ReasonOf(ReadReturn(Files({"Reviews A,,01/05/2010,PN1"}), YearEnd(2020), {})), "read");
}

TEST(ReadFolder, ReadsItsRegularFilesByNameAndFailsWithoutAFolder) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("holdfast-return-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "inner");
  std::ofstream(folder / "b.csv") << "B";
  std::ofstream(folder / "a.csv");
  const auto files = ReadFolder(folder.string());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ(files->at(0).name, "a.csv");
  EXPECT_EQ(files->at(0).bytes, "");
  EXPECT_EQ(files->at(1).bytes, "B");
  EXPECT_FALSE(ReadFolder(folder.string()));
}

}  // namespace
}  // namespace holdfast::ssda903
