// Authorities through the whole program, and a stop while they are being registered.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "tests/system/deployment.h"
#include "tools/holdfast/client.h"

namespace holdfast {
namespace {

using std::chrono::seconds;
using testing::Background;
using testing::Deployment;
using testing::Outcome;
namespace fs = std::filesystem;

std::set<std::string> AuthoritiesOf(const Deployment& made) {
  std::set<std::string> codes;
  const Outcome list = made.Run({"authority", "list"});
  EXPECT_EQ(list.exit, 0) << list.err;
  const auto answer = list.json();
  for (const auto& authority : answer["authorities"]) codes.insert(authority["authority"]);
  return codes;
}

TEST(Authority, IsAddedWithItsCertificatesGoesLiveAndIsListed) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  const Outcome add = made.Run({"authority", "add", "E06000901", "--name", "Northshire"});
  ASSERT_EQ(add.exit, 0) << add.err;
  EXPECT_FALSE(add.json()["positions"].empty());
  EXPECT_TRUE(fs::exists(made.keys() / "id" / "worker@E06000901" / "cert.pem"));
  EXPECT_TRUE(fs::exists(made.keys() / "id" / "data@E06000901" / "key.pem"));
  EXPECT_TRUE(fs::exists(made.keys() / "id" / "reviewing_officer@E06000901" / "cert.pem"));
  EXPECT_TRUE(fs::exists(made.keys() / "id" / "legal_adviser@E06000901" / "cert.pem"));
  EXPECT_TRUE(fs::exists(made.keys() / "identity" / "E06000901"));
  EXPECT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
  EXPECT_EQ(made.Run({"authority", "live", "E06000901", "--from", "2026-04-01"}).exit, 0);

  const auto listed = made.Run({"authority", "list"}).json()["authorities"];
  ASSERT_EQ(listed.size(), 1);
  EXPECT_EQ(listed[0]["name"], "Northshire");
  EXPECT_EQ(listed[0]["live_from"], "2026-04-01");
}

TEST(Authority, IsRefusedWithoutANameOrWithACodeLikeAnothersAndLeavesNoKeys) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
  EXPECT_EQ(made.Run({"authority", "add", "E06000902", "--name", " "}).reason(), "NO_NAME");
  EXPECT_EQ(made.Run({"authority", "add", "e06000901", "--name", "Low"}).reason(), "CODE_TAKEN");
  EXPECT_EQ(made.Run({"authority", "add", "E06000901", "--name", "South"}).reason(),
            "NAME_DIFFERS");
  EXPECT_EQ(AuthoritiesOf(made), std::set<std::string>{"E06000901"});
  for (const char* code : {"E06000902", "e06000901"}) {
    EXPECT_FALSE(fs::exists(made.keys() / "identity" / code)) << code;
    EXPECT_FALSE(fs::exists(made.keys() / "id" / (std::string("worker@") + code))) << code;
  }
}

TEST(Authority, WhoseKeysAreNotThereKeepsTheServerFromStarting) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
  ASSERT_EQ(made.Run({"case", "register", "--authority", "E06000901", "--local-id", "A", "--born",
                      "2018-01-01"})
                .exit,
            0);
  ASSERT_EQ(made.Run({"down"}).exit, 0);
  for (const fs::path& key :
       {made.keys() / "identity" / "E06000901", made.keys() / "authority" / "E06000901" / "1"}) {
    fs::rename(key, made.keys() / "kept");
    const Outcome up = made.Run({"up", "--detach"});
    EXPECT_EQ(up.exit, 2) << key;
    EXPECT_EQ(up.reason(), "KEYS_MISSING") << key;
    fs::rename(made.keys() / "kept", key);
  }
  EXPECT_EQ(made.Run({"up", "--detach"}).exit, 0);
}

TEST(Authority, IsRefusedToCallersWhoMayNot) {
  const Deployment made;
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  ASSERT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
  const Outcome worker = made.Run(
      {"--as", "worker@E06000901", "authority", "add", "E06000902", "--name", "Southshire"});
  EXPECT_EQ(worker.exit, 4);
  EXPECT_EQ(worker.reason(), "NOT_FOUND_OR_NOT_ALLOWED");
  EXPECT_EQ(made.Run({"--as", "nobody", "authority", "list"}).reason(), "NO_IDENTITY");
  EXPECT_EQ(made.Run({"authority", "add", "../E06000902", "--name", "Southshire"}).exit, 2);
  EXPECT_EQ(AuthoritiesOf(made), std::set<std::string>{"E06000901"});
}

TEST(Authority, IsStillThereAfterAKillAndItsJournalsAreWhole) {
  const Deployment made;
  {
    Background up(made.Command({"up"}));
    ASSERT_TRUE(up.ReadLine());
    ASSERT_EQ(made.Run({"authority", "add", "E06000901", "--name", "Northshire"}).exit, 0);
    const Outcome running = made.Run({"journal", "verify"});
    EXPECT_EQ(running.exit, 0) << running.out;
    up.Signal(SIGKILL);
    ASSERT_EQ(up.Wait(seconds(10)), -SIGKILL);
  }
  const Outcome stopped = made.Run({"journal", "verify"});
  EXPECT_EQ(stopped.exit, 0) << stopped.out;
  EXPECT_FALSE(stopped.json()["partitions"].empty());
  EXPECT_EQ(made.RunAsPerson({"journal", "dump"}).out.find("Northshire"), std::string::npos);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  EXPECT_EQ(AuthoritiesOf(made), std::set<std::string>{"E06000901"});
}

// Registers authorities one after the other until it is told to stop or the server has gone.
class Caller {
 public:
  Caller(const Deployment& made, int number)
      : thread_([this, &made, number] { Run(made, number); }) {}

  std::set<std::string> Stop() {
    stopping_ = true;
    thread_.join();
    return acknowledged_;
  }

 private:
  void Run(const Deployment& made, int number) {
    const cli::GlobalOptions options{
        .data = made.data(), .keys = made.keys(), .as = "", .json = true};
    const auto client = cli::Client::Open(options, {});
    if (!client) return;
    for (int i = 0; !stopping_; ++i) {
      const std::string code = "E" + std::to_string(number) + "-" + std::to_string(i);
      cases::v1::RegisterAuthorityRequest request;
      *request.mutable_header() = (*client)->NewHeader();
      request.mutable_header()->set_authority(code);
      request.set_name("an authority");
      const auto answer =
          (*client)->Call(&cases::v1::CasesService::Stub::RegisterAuthority, request, seconds(5));
      if (answer) acknowledged_.insert(code);
    }
  }

  std::atomic<bool> stopping_ = false;
  std::set<std::string> acknowledged_;
  std::thread thread_;  // last: uses all above
};

TEST(Stop, UnderLoadEndsInTimeAndLosesNothingThatWasAcknowledged) {
  const Deployment made;
  Background up(made.Command({"up"}));
  ASSERT_TRUE(up.ReadLine());
  std::vector<std::unique_ptr<Caller>> callers;
  for (int number = 0; number < 4; ++number)
    callers.push_back(std::make_unique<Caller>(made, number));
  while (AuthoritiesOf(made).size() < 40) continue;

  up.Signal(SIGTERM);
  EXPECT_EQ(up.Wait(seconds(10)), 0);
  std::set<std::string> acknowledged;
  for (auto& caller : callers) acknowledged.merge(caller->Stop());
  EXPECT_GE(acknowledged.size(), 36);

  EXPECT_EQ(made.Run({"journal", "verify"}).exit, 0);
  ASSERT_EQ(made.Run({"up", "--detach"}).exit, 0);
  const auto kept = AuthoritiesOf(made);
  for (const auto& code : acknowledged) EXPECT_TRUE(kept.contains(code)) << code;
}

}  // namespace
}  // namespace holdfast
