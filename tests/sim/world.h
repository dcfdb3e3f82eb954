// A run: instances, clients and an unreliable log, moved by one seed. The same seed gives the same
// run on every machine.
#pragma once

#include "libs/testing/list_keeper.h"
#include "tests/sim/history.h"
#include "tests/sim/instance.h"
#include "tests/sim/profile.h"

namespace holdfast {

struct RunResult {
  std::vector<std::string> violations;
  uint64_t digest = 0;  // of the log and of the answers: equal for equal runs
  uint64_t answered = 0;
  uint64_t events = 0;
};

// Runs one seed to its end: faults, then healing, then all checks.
RunResult RunSeed(uint64_t seed, const Profile& profile, Mutant mutant = Mutant::kNone);

class World {
 public:
  World(uint64_t seed, const Profile& profile, Mutant mutant);
  RunResult Run();

 private:
  struct Client {
    std::string authority;
    uint64_t session = 0;           // newest position seen
    std::optional<size_t> command;  // the one it waits for or will send again
    bool waiting = false;           // for an answer
    uint64_t give_up_us = 0;
    uint64_t sent = 0;  // number of its commands
  };

  ShardOptions OptionsOf(const std::string& service, Mutant mutant) const;
  void StartInstance(size_t number);
  void Act();
  void Disturb();
  void Reassign();
  void StepInstance(size_t number);
  void ActAsClient(Client& client);
  void SendNew(Client& client);
  void Send(Client& client, size_t command);
  void OnAnswer(Client& client, size_t command, uint32_t attempt, const Result<Answer>& answer);
  void SendRead(Client& client);
  void Heal();
  bool IsHealed() const;
  void CheckStates();
  void CheckRegression();
  void CompareWithRebuild(const std::string& service, const Keeper& keeper, Instance& instance);
  uint64_t Digest() const;

  const Profile profile_;
  const Mutant mutant_;
  Random random_;
  uint64_t now_us_ = 0;
  uint64_t happenings_ = 0;
  ListKeeper lists_;
  EchoKeeper echoes_;
  SimulatedLog broker_;
  std::vector<Client> clients_;
  History history_;
  size_t assigned_ = 0;
  bool healing_ = false;
  size_t service_instances_ = 0;                      // the first of instances_; the others echo
  std::vector<std::unique_ptr<Instance>> instances_;  // last: their shards answer into all above
};

}  // namespace holdfast
