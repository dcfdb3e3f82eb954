// Refused rows and notes as files, and the way back of what was repaired.
#include "tools/import/rejects.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tools/import/imports_in_tests.h"

namespace holdfast::import {
namespace {

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

}  // namespace
}  // namespace holdfast::import
