// What is made at first, and what is refused.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/system/deployment.h"

namespace holdfast {
namespace {

using testing::Deployment;
using testing::Outcome;
using testing::RunToEnd;
namespace fs = std::filesystem;

TEST(ACommand, ThatIsNoneIsNamed) {
  const Deployment made;
  const auto message = [&](const std::vector<std::string>& words) {
    const Outcome outcome = made.Run(words);
    EXPECT_EQ(outcome.exit, 2);
    return outcome.json()["error"]["message"].get<std::string>();
  };
  EXPECT_EQ(message({"cake"}), "'cake' is not a command of holdfast");
  EXPECT_EQ(message({"case", "cake"}), "'cake' is not a command of holdfast case");
  EXPECT_EQ(message({"case"}), "A subcommand is required");
}

TEST(Init, MakesDataKeysAndCertificatesAndSaysWhatLosingTheRootKeyMeans) {
  const Deployment made;
  const Outcome init =
      made.Run({"init", "--clock", "manual", "--day", "2026-04-01", "--partitions", "4"});
  ASSERT_EQ(init.exit, 0) << init.err;
  EXPECT_EQ(init.json()["clock"]["mode"], "manual");
  EXPECT_EQ(init.json()["clock"]["day"], "2026-04-01");
  EXPECT_EQ(init.json()["partitions"], 4);
  EXPECT_NE(init.err.find("Whoever loses it loses all names"), std::string::npos);
  for (const char* name : {"operator", "national", "auditor", "service", "server"}) {
    EXPECT_TRUE(fs::exists(made.keys() / "id" / name / "cert.pem")) << name;
    EXPECT_TRUE(fs::exists(made.keys() / "id" / name / "key.pem")) << name;
  }
  for (const auto& entry : fs::recursive_directory_iterator(made.keys())) {
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << entry.path();
  }
}

TEST(Init, LeavesADataFolderThatIsThereAsItIs) {
  const Deployment made;
  ASSERT_EQ(made.Run({"init"}).exit, 0);
  const Outcome again = made.Run({"init", "--partitions", "4"});
  EXPECT_EQ(again.exit, 2);
  EXPECT_EQ(again.reason(), "ALREADY_MADE");
  EXPECT_EQ(made.Run({"doctor"}).exit, 0);
}

TEST(Init, RefusesAClockWithoutItsDayAndADayWithoutItsClock) {
  const Deployment made;
  EXPECT_EQ(made.Run({"init", "--clock", "manual"}).reason(), "USAGE");
  EXPECT_EQ(made.Run({"init", "--day", "2026-04-01"}).reason(), "USAGE");
  EXPECT_EQ(made.Run({"init", "--clock", "sundial"}).reason(), "USAGE");
  EXPECT_FALSE(fs::exists(made.data()));
}

TEST(Init, TakesUpWhatACrashLeftUnfinished) {
  const Deployment made;
  ASSERT_EQ(made.Run({"init"}).exit, 0);
  fs::remove(made.data() / "format");
  std::ofstream(made.data() / "making") << "";
  EXPECT_EQ(made.Run({"init"}).exit, 0);
  EXPECT_EQ(made.Run({"up", "--detach"}).exit, 0);
}

TEST(Keys, AreRefusedWhenOthersCanReadTheRootKey) {
  const Deployment made;
  ASSERT_EQ(made.Run({"init"}).exit, 0);
  chmod((made.keys() / "root.key").c_str(), 0440);
  const Outcome up = made.Run({"up", "--detach"});
  EXPECT_EQ(up.exit, 2);
  EXPECT_EQ(up.reason(), "KEYS_NOT_PRIVATE");
  const Outcome doctor = made.Run({"doctor"});
  EXPECT_EQ(doctor.exit, 1);
  EXPECT_FALSE(doctor.json()["ok"]);
}

TEST(Keys, AreRefusedInsideTheDataFolder) {
  const Deployment made;
  const std::string inside = made.data() / "keys";
  const Outcome up = RunToEnd(
      {HOLDFAST_PROGRAM, "--json", "--data", made.data(), "--keys", inside, "up", "--detach"});
  EXPECT_EQ(up.exit, 2);
  EXPECT_EQ(up.reason(), "KEYS_INSIDE_DATA");
  EXPECT_FALSE(fs::exists(inside));
}

TEST(Keys, ThatAreLostAreNeverMadeAnew) {
  const Deployment made;
  ASSERT_EQ(made.Run({"init"}).exit, 0);
  fs::remove_all(made.keys());
  const Outcome up = made.Run({"up", "--detach"});
  EXPECT_EQ(up.exit, 2);
  EXPECT_EQ(up.reason(), "ROOT_KEY_MISSING");
  EXPECT_FALSE(fs::exists(made.keys()));
}

TEST(Data, ThatLostAPartIsRefusedAndNeverTakenForNew) {
  for (const char* part :
       {"format", "HEAD", "log", "keystore", "day", "log/CURRENT", "keystore/CURRENT"}) {
    const Deployment made;
    ASSERT_EQ(made.Run({"init", "--clock", "manual", "--day", "2026-04-01"}).exit, 0);
    fs::remove_all(made.data() / part);
    const Outcome up = made.Run({"up", "--detach"});
    EXPECT_EQ(up.exit, 2) << part;
    EXPECT_NE(up.reason(), "") << part;
    EXPECT_FALSE(fs::exists(made.data() / "run.json")) << part;
  }
}

}  // namespace
}  // namespace holdfast
