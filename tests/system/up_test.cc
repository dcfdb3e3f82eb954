// One process: started, asked, stopped.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <map>
#include <thread>

#include "tests/system/deployment.h"

namespace holdfast {
namespace {

using std::chrono::seconds;
using testing::Background;
using testing::Deployment;
using testing::Outcome;
namespace fs = std::filesystem;

// Whether a process runs: one that has ended may still wait for its parent to ask how.
bool Runs(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string number;
  std::string name;
  std::string state;
  return static_cast<bool>(file >> number >> name >> state) && state != "Z";
}

// Sizes and times of all files.
std::map<std::string, std::pair<uintmax_t, fs::file_time_type>> FilesOf(const fs::path& data) {
  std::map<std::string, std::pair<uintmax_t, fs::file_time_type>> files;
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    if (entry.is_regular_file()) files[entry.path()] = {entry.file_size(), entry.last_write_time()};
  }
  return files;
}

TEST(Up, ServesUntilDownAndSaysWhereInRunJson) {
  const Deployment made;
  const Outcome up = made.Run({"up", "--detach"});
  ASSERT_EQ(up.exit, 0) << up.err;
  const auto run = nlohmann::json::parse(std::ifstream(made.data() / "run.json"));
  EXPECT_EQ(run, up.json());
  EXPECT_EQ(run["clock"], "system");
  EXPECT_TRUE(Runs(run["pid"]));

  const Outcome status = made.Run({"status"});
  EXPECT_EQ(status.exit, 0);
  EXPECT_TRUE(status.json()["ok"]);
  EXPECT_EQ(status.json()["services"].size(), run["services"].size());
  for (const auto& service : status.json()["services"]) {
    EXPECT_TRUE(service["serving"]) << service;
    EXPECT_EQ(service["behind"], 0) << service;
  }

  const Outcome down = made.Run({"down"});
  EXPECT_EQ(down.exit, 0);
  EXPECT_FALSE(Runs(run["pid"]));
  EXPECT_FALSE(fs::exists(made.data() / "run.json"));
  EXPECT_EQ(made.Run({"status"}).exit, 5);
  EXPECT_EQ(made.Run({"down"}).exit, 5);
}

TEST(Up, IsRefusedForAFolderThatIsServedAndNamesWhoServesIt) {
  const Deployment made;
  const Outcome first = made.Run({"up", "--detach"});
  ASSERT_EQ(first.exit, 0);
  for (const auto& words : {std::vector<std::string>{"up"}, {"up", "--detach"}}) {
    const Outcome second = made.Run(words);
    EXPECT_EQ(second.exit, 2);
    EXPECT_EQ(second.reason(), "FOLDER_IN_USE");
    EXPECT_NE(second.err.find(first.json()["endpoint"].get<std::string>()), std::string::npos);
  }
  EXPECT_EQ(made.Run({"status"}).exit, 0);
}

TEST(Up, RunsSideBySideInFoldersOfTheirOwn) {
  const Deployment one;
  const Deployment other;
  EXPECT_EQ(one.Run({"up", "--detach"}).exit, 0);
  EXPECT_EQ(other.Run({"up", "--detach"}).exit, 0);
  EXPECT_EQ(one.Run({"status"}).exit, 0);
  EXPECT_EQ(other.Run({"status"}).exit, 0);
}

TEST(Up, SaysThatAPortIsTaken) {
  const Deployment one;
  const Deployment other;
  const Outcome first = one.Run({"up", "--detach"});
  ASSERT_EQ(first.exit, 0);
  const Outcome second = other.Run({"up", "--detach", "--listen", first.json()["endpoint"]});
  EXPECT_EQ(second.exit, 2);
  EXPECT_EQ(second.reason(), "PORT_TAKEN");
  EXPECT_NE(second.err.find("already listens on"), std::string::npos);
}

TEST(Up, ListensForThisMachineAlone) {
  const Deployment made;
  EXPECT_EQ(made.Run({"up", "--detach", "--listen", "0.0.0.0:0"}).reason(), "LISTEN_REFUSED");
}

TEST(Up, RunsTheServicesThatAreNamed) {
  const Deployment made;
  EXPECT_EQ(made.Run({"up", "--detach", "--services", "cases,unheard"}).reason(),
            "UNKNOWN_SERVICE");
  const Outcome up = made.Run({"up", "--detach", "--services", "cases,audit"});
  ASSERT_EQ(up.exit, 0) << up.err;
  EXPECT_EQ(up.json()["services"], (std::vector<std::string>{"audit", "cases"}));
  EXPECT_EQ(made.Run({"clock", "show"}).reason(), "SERVICE_NOT_RUNNING");
}

TEST(Up, IsFoundGoneWhenItWasKilled) {
  const Deployment made;
  Background up(made.Command({"up"}));
  ASSERT_TRUE(up.ReadLine());
  up.Signal(SIGKILL);
  EXPECT_EQ(up.Wait(seconds(10)), -SIGKILL);
  EXPECT_TRUE(fs::exists(made.data() / "run.json"));
  EXPECT_EQ(made.Run({"status"}).exit, 5);
  EXPECT_EQ(made.Run({"up", "--detach"}).exit, 0);
}

TEST(Up, EndsOnASignalOfAnyKindWithExitCodeZero) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const Deployment made;
    Background up(made.Command({"up"}));
    ASSERT_TRUE(up.ReadLine());
    up.Signal(signal);
    EXPECT_EQ(up.Wait(seconds(10)), 0);
    EXPECT_FALSE(fs::exists(made.data() / "run.json"));
  }
}

TEST(Doctor, SaysVersionsDiskClockCertificatesAndTheOptionsInForce) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  const Outcome doctor = made.Run({"doctor"});
  EXPECT_EQ(doctor.exit, 0) << doctor.out;
  EXPECT_TRUE(doctor.json()["ok"]);
  std::map<std::string, std::string> said;
  const auto answer = doctor.json();
  for (const auto& check : answer["checks"]) {
    EXPECT_TRUE(check["ok"]) << check;
    said[check["name"]] = check["message"];
  }
  for (const char* part :
       {"holdfast 0.1.0", "gRPC", "protobuf", "RocksDB", "libsodium", "OpenSSL"}) {
    EXPECT_NE(said["versions"].find(part), std::string::npos) << part;
  }
  EXPECT_NE(said["disk"].find("MB free"), std::string::npos);
  EXPECT_NE(said["clock"].find("it is 20"), std::string::npos);
  EXPECT_NE(said["certificates"].find("the first to end is"), std::string::npos);
  EXPECT_NE(said["options"].find("kTolerateCorruptedTailRecords"), std::string::npos);
  EXPECT_NE(said["server"].find("serves on"), std::string::npos);
}

TEST(Up, WritesNothingWhileItIsIdle) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
  std::this_thread::sleep_for(seconds(3));  // flushes of state and HEAD have been due
  const auto before = FilesOf(made.data());
  std::this_thread::sleep_for(seconds(5));
  for (const auto& [path, facts] : FilesOf(made.data())) {
    EXPECT_TRUE(before.contains(path)) << path;
    EXPECT_EQ(facts, before.contains(path) ? before.at(path) : facts) << path;
  }
}

}  // namespace
}  // namespace holdfast
