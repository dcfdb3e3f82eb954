// The journals of a data folder: what `journal verify` finds, and what `journal tail` shows.
#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <set>

#include "libs/shard/rocks_store.h"
#include "tests/system/deployment.h"

namespace holdfast {
namespace {

using testing::Background;
using testing::Deployment;
using testing::Outcome;
namespace fs = std::filesystem;

const char kNorth[] = "E06000901";

// An authority with one child, whose reviews are due.
void MakeRecord(const Deployment& made) {
  ASSERT_EQ(
      made.Run({"init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "2"}).exit, 0);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", kNorth, "--name", "Northshire"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "live", kNorth, "--from", "2026-01-01"}).exit, 0);
  const Outcome child = made.Run(
      {"case", "register", "--authority", kNorth, "--local-id", "L1", "--born", "2015-05-05"});
  ASSERT_EQ(child.exit, 0) << child.out;
  const std::string id = child.json()["child"];
  ASSERT_EQ(made.Run({"case", "record", "care_start", "--child", id, "--on", "2026-05-20"}).exit,
            0);
  ASSERT_EQ(made.Run({"alerts", "list", "--authority", kNorth}).exit, 0);
}

std::vector<std::string> KindsFoundIn(const Deployment& made) {
  std::vector<std::string> kinds;
  const auto answer = made.Run({"journal", "verify"}).json();
  for (const auto& finding : answer["findings"]) kinds.push_back(finding["kind"]);
  return kinds;
}

TEST(JournalVerify, FindsNothingInASoundFolderServedOrStopped) {
  const Deployment made;
  MakeRecord(made);
  const Outcome served = made.Run({"journal", "verify"});
  EXPECT_EQ(served.exit, 0) << served.out;
  EXPECT_TRUE(served.json()["ok"]);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  EXPECT_EQ(KindsFoundIn(made), std::vector<std::string>{});
}

TEST(JournalVerify, FindsARowOfAnyServicesStateThatTheJournalDoesNotMake) {
  const Deployment made;
  MakeRecord(made);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  for (const char* service : {"cases", "proceedings", "contact", "alerting", "audit", "national"}) {
    const fs::path folder = made.data() / "state" / service;
    fs::copy(folder, made.folder() / "kept", fs::copy_options::recursive);
    {
      const auto state = RocksDatabase::Open(folder);
      ASSERT_TRUE(state);
      for (uint32_t part = 0; part < 4; ++part) {
        const auto store = (*state)->StoreOf(part);
        const auto rows = store->Scan("", "", 1000);
        ASSERT_TRUE(rows);
        for (const StoredRow& row : *rows) {
          if (row.key == "c" || row.key == "k") continue;
          std::string changed = row.value;
          changed.back() = static_cast<char>(changed.back() ^ 1);
          ASSERT_TRUE(store->Write({{row.key, changed}}));
          break;
        }
      }
    }
    const Outcome verify = made.Run({"journal", "verify"});
    EXPECT_EQ(verify.exit, 1) << service;
    ASSERT_FALSE(verify.json()["findings"].empty()) << service;
    for (const auto& finding : verify.json()["findings"]) {
      EXPECT_EQ(finding["kind"], "state");
      EXPECT_EQ(finding["file"], folder.string());
    }
    fs::remove_all(folder);
    fs::rename(made.folder() / "kept", folder);
  }
  EXPECT_EQ(KindsFoundIn(made), std::vector<std::string>{});
}

TEST(JournalVerify, FindsAStateThatWasWipedBuiltAgainToTheSameBytes) {
  const Deployment made;
  MakeRecord(made);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  fs::remove_all(made.data() / "state");
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  EXPECT_EQ(KindsFoundIn(made), std::vector<std::string>{});
}

TEST(JournalVerify, FindsKeysThatTheJournalsNeedAndThatAreGone) {
  const Deployment made;
  MakeRecord(made);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  const fs::path identity = made.keys() / "identity" / kNorth;
  fs::rename(identity, made.folder() / "kept");
  EXPECT_EQ(KindsFoundIn(made), std::vector<std::string>{"keys"});
  fs::rename(made.folder() / "kept", identity);

  // Another deployment's empty store of keys.
  const Deployment other;
  ASSERT_EQ(other.Run({"init"}).exit, 0);
  fs::remove_all(made.data() / "keystore");
  fs::copy(other.data() / "keystore", made.data() / "keystore", fs::copy_options::recursive);
  const auto found = made.Run({"journal", "verify"}).json()["findings"];
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0]["kind"], "key");
  EXPECT_EQ(found[0]["service"], "cases");
  EXPECT_NE(found[0]["message"].get<std::string>().find("is not in the key store"),
            std::string::npos);
}

TEST(JournalVerify, TakesMissingOrOtherKeysForAFinding) {
  const Deployment made;
  MakeRecord(made);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  const Deployment other;
  ASSERT_EQ(other.Run({"init"}).exit, 0);
  for (const fs::path& keys : {other.keys(), other.folder() / "nowhere"}) {
    const Outcome verify = testing::RunToEnd(
        {HOLDFAST_PROGRAM, "--json", "--data", made.data(), "--keys", keys, "journal", "verify"});
    EXPECT_EQ(verify.exit, 1) << keys;
    EXPECT_FALSE(verify.json()["ok"]) << keys;
    EXPECT_FALSE(verify.json()["findings"].empty()) << keys;
    EXPECT_FALSE(verify.json()["partitions"].empty()) << keys;
  }
}

TEST(JournalVerify, FindsADamagedDayOfAManualClock) {
  const Deployment made;
  MakeRecord(made);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  std::ofstream(made.data() / "day") << "2026-07-01\n";
  EXPECT_EQ(KindsFoundIn(made), std::vector<std::string>{"day"});
}

TEST(JournalTail, ShowsAFactAsItIsRecorded) {
  const Deployment made;
  MakeRecord(made);
  Background tail(made.Command({"--json", "journal", "tail", "--service", "cases"}));
  auto line = std::async(std::launch::async, [&] { return tail.ReadLine(); });
  // Facts are recorded until it has begun to look, and then once more.
  std::set<std::string> children;
  for (int i = 2; i < 200 && line.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
       ++i) {
    const Outcome child = made.Run({"case", "register", "--authority", kNorth, "--local-id",
                                    "L" + std::to_string(i), "--born", "2016-05-05"});
    ASSERT_EQ(child.exit, 0);
    children.insert(child.json()["child"].get<std::string>());
  }
  const auto shown = line.get();
  ASSERT_TRUE(shown) << "the tail ended before the fact came";
  const auto record = nlohmann::json::parse(*shown);
  EXPECT_EQ(record["service"], "cases");
  EXPECT_EQ(record["record"], "batch");
  ASSERT_FALSE(record["events"].empty());
  EXPECT_TRUE(children.contains(record["events"][0]["subject"])) << record;
  EXPECT_EQ(shown->find("2016-05-05"), std::string::npos);
}

}  // namespace
}  // namespace holdfast
