// Personal data of an authority's own tracker sheet stands in no file of the data folder and in no
// line of the log: after a sheet was tried, taken, refused, and cut off by a kill in its middle.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <thread>

#include "tests/system/canaries.h"
#include "tests/system/deployment.h"

namespace holdfast::testing {
namespace {

constexpr char kAuthority[] = "E06000902";
constexpr char kName[] = "Lettice Birkenshaw-Oduya";
constexpr char kLocalId[] = "ZQX/99-sheet";
constexpr char kBorn[] = "2012-02-28";
constexpr char kWithoutBirth[] = "ZQX/88-nobody";
constexpr char kNote[] = "above the Dunwoody forge";
constexpr char kBadCell[] = "once Aunt Clementine agrees";
constexpr char kOtherColumn[] = "seen by Doctor Abernethy";
constexpr int kMore = 40;

std::string NameOfMore(int row) { return "Barnaby Crickhowell-" + std::to_string(row); }

class SheetCanaries : public ::testing::Test {
 protected:
  SheetCanaries() {
    for (const char* text : {kName, kLocalId, kWithoutBirth, kNote, kBadCell, kOtherColumn})
      canaries_.AddText(text);
    for (int row = 0; row < kMore; ++row) canaries_.AddText(NameOfMore(row));
    canaries_.AddDay(*CivilDate::FromIso(kBorn));
    std::ofstream(made_.folder() / "map.yaml")
        << "dates: iso\nchild: {local_id: ID, name: Name, born: Born}\ncolumns:\n"
           "  - {column: In, kind: care_start}\n  - {column: Panel, kind: panel, code: adoption}\n"
           "ignore: [Notes]\n";
    Do({"init", "--clock", "manual", "--day", "2026-05-12"});
    Do({"up", "--detach"});
    Do({"authority", "add", kAuthority, "--name", "Northmere"});
  }

  nlohmann::json Do(const std::vector<std::string>& words, int exit = 0) {
    const auto done = made_.Run(words);
    EXPECT_EQ(done.exit, exit) << words[0] << ": " << done.out << done.err;
    return done.json();
  }

  std::vector<std::string> ImportOf(const char* file, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"import",      "tracker",  made_.folder() / file,
                                   "--authority", kAuthority, "--as-of",
                                   "2026-04-30",  "--map",    made_.folder() / "map.yaml"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  // A row with a cell that is refused and one that is ignored; a row without a day of birth; and
  // more.
  void WriteSheets() {
    std::ofstream sheet(made_.folder() / "tracker.csv");
    sheet << "ID,Name,Born,In,Panel,Notes\n"
          << kLocalId << "," << kName << "," << kBorn << ",2026-04-20," << kBadCell << "," << kNote
          << "\n"
          << kWithoutBirth << "," << kName << ",,2026-04-20,," << kNote << "\n";
    std::ofstream longer(made_.folder() / "longer.csv");
    longer << "ID,Name,Born,In,Panel,Notes\n";
    for (int row = 0; row < kMore; ++row)
      longer << "C" << row << "," << NameOfMore(row) << "," << kBorn << ",2026-04-20,," << kNote
             << "\n";
    std::ofstream(made_.folder() / "other.csv") << "ID,Born,In," << kOtherColumn << "\nA,,,\n";
  }

  void KillTheServer() {
    kill(nlohmann::json::parse(std::ifstream(made_.data() / "run.json"))["pid"], SIGKILL);
    while (made_.Run({"status"}).exit != 5) continue;
  }

  const Deployment made_;
  Canaries canaries_;
};

const std::set<std::string> kNone;

TEST_F(SheetCanaries, StandInNoFileOfTheDataFolderAndInNoLineOfTheLog) {
  WriteSheets();
  Do(ImportOf("tracker.csv", {"--dry-run"}), 1);
  const auto taken = Do(ImportOf("tracker.csv", {"--rejects", made_.folder() / "rejects"}), 1);
  EXPECT_EQ(taken["cells"]["facts"], 1) << taken;
  EXPECT_EQ(taken["total"]["refused"], 2) << taken;
  Do(ImportOf("other.csv"), 2);
  Do({"import", "list", "--authority", kAuthority});
  Do({"case", "show", "--local-id", kLocalId, "--authority", kAuthority});
  // Rejects are for the authority itself, outside the data folder.
  EXPECT_FALSE(canaries_.FindInFiles(made_.folder() / "rejects").empty());

  Background cut_off(made_.Command(ImportOf("longer.csv")));
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  KillTheServer();
  cut_off.Signal(SIGKILL);
  EXPECT_EQ(canaries_.FindInFolder(made_.data()), kNone);

  Do({"up", "--detach"});
  EXPECT_EQ(Do(ImportOf("longer.csv"))["total"]["read"], kMore);
  EXPECT_EQ(Do({"case", "list", "--authority", kAuthority})["cases"].size(), kMore + 1U);
  std::this_thread::sleep_for(std::chrono::seconds(2));  // state and HEAD have been flushed
  EXPECT_EQ(canaries_.FindInFiles(made_.data()), kNone);
  Do({"down"});
  EXPECT_EQ(canaries_.FindInFolder(made_.data()), kNone);
  EXPECT_EQ(canaries_.FindInFolder(made_.keys()), kNone);
}

}  // namespace
}  // namespace holdfast::testing
