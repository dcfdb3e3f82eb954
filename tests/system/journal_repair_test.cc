// A log that lost its end: what `journal repair` says, does and keeps.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/system/deployment.h"

namespace holdfast {
namespace {

using testing::Deployment;
using testing::Outcome;
namespace fs = std::filesystem;

const char kNorth[] = "E06000901";

std::string BytesOf(const fs::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::map<std::string, std::string> FilesOf(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder)] = BytesOf(entry.path());
  }
  return files;
}

std::string Register(const Deployment& made, const std::string& local_id) {
  const Outcome child = made.Run(
      {"case", "register", "--authority", kNorth, "--local-id", local_id, "--born", "2015-05-05"});
  EXPECT_EQ(child.exit, 0) << child.out;
  const std::string id = child.json().value("child", "");
  EXPECT_EQ(made.Run({"case", "record", "care_start", "--child", id, "--on", "2026-05-20"}).exit,
            0);
  return id;
}

size_t ChildrenOf(const Deployment& made) {
  const Outcome list = made.Run({"case", "list", "--authority", kNorth});
  EXPECT_EQ(list.exit, 0) << list.out << list.err;
  return list.json()["cases"].size();
}

// Three children that a first run of the server took, and three of a second run; stopped.
void MakeTwoRuns(const Deployment& made) {
  ASSERT_EQ(
      made.Run({"init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "2"}).exit, 0);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", kNorth, "--name", "Northshire"}).exit, 0);
  for (const char* local_id : {"L1", "L2", "L3"}) Register(made, local_id);
  ASSERT_EQ(made.Run({"alerts", "list", "--authority", kNorth}).exit, 0);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  for (const char* local_id : {"L4", "L5", "L6"}) Register(made, local_id);
  ASSERT_EQ(made.Run({"alerts", "list", "--authority", kNorth}).exit, 0);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
}

// The newest write-ahead log: all of the second run.
fs::path NewestLogOf(const Deployment& made) {
  fs::path newest;
  for (const auto& entry : fs::directory_iterator(made.data() / "log")) {
    if (entry.path().extension() == ".log" && (newest.empty() || entry.path() > newest))
      newest = entry.path();
  }
  return newest;
}

void FlipByte(const fs::path& path, uint64_t at) {
  std::string bytes = BytesOf(path);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 0x41);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The damage is refused, told by a dry run that changes nothing, accepted, and then all is as a
// sound folder: what was lost can be recorded again.
void RepairAndGoOn(const Deployment& made, bool loses) {
  EXPECT_EQ(made.Run({"up", "--detach"}).exit, 2);
  EXPECT_NE(made.Run({"journal", "verify"}).exit, 0);
  const auto before = FilesOf(made.data());
  const Outcome dry = made.Run({"journal", "repair", "--dry-run"});
  EXPECT_EQ(dry.exit, loses ? 1 : 0) << dry.out << dry.err;
  EXPECT_TRUE(dry.json()["dry_run"]);
  EXPECT_FALSE(dry.json()["findings"].empty());
  EXPECT_EQ(dry.json()["partitions"].empty(), !loses) << dry.out;
  EXPECT_TRUE(FilesOf(made.data()) == before);

  const Outcome repair = made.Run({"journal", "repair"});
  EXPECT_EQ(repair.exit, loses ? 1 : 0) << repair.out << repair.err;
  EXPECT_EQ(repair.json()["partitions"], dry.json()["partitions"]);
  if (loses) {
    const fs::path aside = repair.json()["aside"].get<std::string>();
    EXPECT_EQ(fs::status(aside).permissions(), fs::perms::owner_all);
    EXPECT_TRUE(fs::exists(aside / "log"));
  }
  const Outcome verify = made.Run({"journal", "verify"});
  EXPECT_EQ(verify.exit, 0) << verify.out;
  const Outcome up = made.Run({"up", "--detach"});
  ASSERT_EQ(up.exit, 0) << up.out << up.err;
  EXPECT_EQ(made.Run({"authority", "add", kNorth, "--name", "Northshire"}).exit, 0);
  for (const char* local_id : {"L1", "L2", "L3", "L4", "L5", "L6"}) {
    const Outcome again = made.Run({"case", "register", "--authority", kNorth, "--local-id",
                                    local_id, "--born", "2015-05-05"});
    EXPECT_EQ(again.exit, 0) << again.out;
  }
  EXPECT_EQ(ChildrenOf(made), 6);
  EXPECT_EQ(made.Run({"alerts", "list", "--authority", kNorth}).exit, 0);
  EXPECT_EQ(made.Run({"national", "--authority", kNorth, "--year-ending", "2026-03-31"}).exit, 0);
  EXPECT_EQ(made.Run({"journal", "verify"}).exit, 0);
  const Outcome twice = made.Run({"journal", "repair"});
  EXPECT_EQ(twice.exit, 2);
  EXPECT_EQ(twice.reason(), "FOLDER_IN_USE");
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  EXPECT_EQ(made.Run({"journal", "verify"}).exit, 0);
  const Outcome nothing = made.Run({"journal", "repair"});
  EXPECT_EQ(nothing.exit, 0);
  EXPECT_FALSE(nothing.json()["done"]);
}

std::vector<fs::path> TablesOf(const Deployment& made) {
  std::vector<fs::path> tables;
  for (const auto& entry : fs::directory_iterator(made.data() / "log")) {
    if (entry.path().extension() == ".sst") tables.push_back(entry.path());
  }
  return tables;
}

TEST(JournalRepair, AcceptsAWriteAheadLogThatWasCutAndSaysWhatIsGoneByWhichWitness) {
  const Deployment made;
  MakeTwoRuns(made);
  const fs::path log = NewestLogOf(made);
  fs::resize_file(log, fs::file_size(log) / 3);
  const auto lost = made.Run({"journal", "repair", "--dry-run"}).json()["partitions"];
  ASSERT_FALSE(lost.empty());
  for (const auto& partition : lost) {
    EXPECT_NE(partition["witness"], "") << partition;
    if (partition["events"] == 0) continue;
    EXPECT_EQ(partition["to"].get<int>() - partition["from"].get<int>() + 1,
              partition["events"].get<int>());
  }
  RepairAndGoOn(made, true);
  // Said in the audit journal, and in each that it concerns.
  const std::string dump = made.Run({"journal", "dump"}).out;
  EXPECT_NE(dump.find("history_lost"), std::string::npos);
}

TEST(JournalRepair, AcceptsAFlippedByteInTheMiddleOfAWriteAheadLog) {
  const Deployment made;
  MakeTwoRuns(made);
  const fs::path log = NewestLogOf(made);
  FlipByte(log, fs::file_size(log) / 2);
  RepairAndGoOn(made, true);
}

TEST(JournalRepair, AcceptsATableFileThatIsGone) {
  const Deployment made;
  MakeTwoRuns(made);
  const std::vector<fs::path> tables = TablesOf(made);
  ASSERT_FALSE(tables.empty());
  fs::remove(std::ranges::max(tables));
  RepairAndGoOn(made, true);
}

TEST(JournalRepair, AcceptsADamagedTableWithWhatWasMadeFromItsEvents) {
  const Deployment made;
  MakeTwoRuns(made);
  const std::vector<fs::path> tables = TablesOf(made);
  ASSERT_FALSE(tables.empty());
  const fs::path table = *std::ranges::max_element(
      tables, {}, [](const fs::path& path) { return fs::file_size(path); });
  FlipByte(table, fs::file_size(table) / 4);
  EXPECT_EQ(made.Run({"journal", "verify"}).exit, 1);
  const Outcome repair = made.Run({"journal", "repair"});
  EXPECT_EQ(repair.exit, 1) << repair.out;
  EXPECT_FALSE(repair.json()["unreadable"].empty());
  EXPECT_EQ(made.Run({"journal", "verify"}).exit, 0);
  EXPECT_EQ(made.Run({"up", "--detach"}).exit, 0);
  EXPECT_EQ(made.Run({"status"}).exit, 0);
}

TEST(JournalRepair, FindsEveryRecordWhereOnlyTheListOfFilesIsGone) {
  const Deployment made;
  MakeTwoRuns(made);
  fs::remove(made.data() / "log" / "CURRENT");
  RepairAndGoOn(made, false);
}

TEST(JournalRepair, WritesAHeadThatIsGoneAnewWhereTheLogIsWhole) {
  const Deployment made;
  MakeTwoRuns(made);
  fs::remove(made.data() / "HEAD");
  RepairAndGoOn(made, false);
}

TEST(JournalRepair, NeverGivesFiguresOfEventsThatAreGone) {
  const Deployment made;
  MakeTwoRuns(made);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  const Outcome figures =
      made.Run({"national", "--authority", kNorth, "--year-ending", "2026-03-31"});
  ASSERT_EQ(figures.exit, 0);
  std::ofstream(made.folder() / "figures.json") << figures.out;
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  fs::path second;  // the log was written into a table when the server started again
  for (const auto& entry : fs::directory_iterator(made.data() / "log")) {
    if (entry.path().extension() == ".sst" && (second.empty() || entry.path() > second))
      second = entry.path();
  }
  fs::remove(second);
  ASSERT_EQ(made.Run({"journal", "repair"}).exit, 1);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  const Outcome again = made.Run({"national", "--authority", kNorth, "--year-ending", "2026-03-31",
                                  "--positions", made.folder() / "figures.json"});
  EXPECT_NE(again.exit, 0);
  EXPECT_EQ(again.reason(), "HISTORY_LOST");
}

TEST(JournalRepair, RefusesKeysOfAnotherDeployment) {
  const Deployment made;
  MakeTwoRuns(made);
  fs::remove(made.data() / "HEAD");
  const Deployment other;
  ASSERT_EQ(other.Run({"init"}).exit, 0);
  const Outcome repair = testing::RunToEnd({HOLDFAST_PROGRAM, "--json", "--data", made.data(),
                                            "--keys", other.keys(), "journal", "repair"});
  EXPECT_EQ(repair.exit, 2);
  EXPECT_EQ(repair.reason(), "KEYS_DIFFER");
}

}  // namespace
}  // namespace holdfast
