// A run: instances, clients and an unreliable log, moved by one seed. The same seed gives the same
// run on every machine.
#pragma once

#include "tests/sim/clients.h"
#include "tests/sim/relay_keeper.h"

namespace holdfast {

struct RunResult {
  std::vector<std::string> violations;
  uint64_t digest = 0;  // of the logs and of the answers: equal for equal runs
  uint64_t answered = 0;
  uint64_t pushed = 0;  // pushes answered as told
  uint64_t events = 0;
};

// Runs one seed to its end: faults, then healing, then all checks.
RunResult RunSeed(uint64_t seed, const Profile& profile, Mutant mutant = Mutant::kNone);

class World {
 public:
  World(uint64_t seed, const Profile& profile, Mutant mutant);
  RunResult Run();

 private:
  uint32_t partition_count() const { return profile_.pushes ? 2 : 1; }
  bool IsEcho(size_t number) const { return number >= profile_.instances; }
  ShardOptions OptionsOf(const LogPartition& partition, Mutant mutant) const;
  Instance::Parts PartsOf(bool echo, Mutant mutant);
  std::vector<bool> AssignedTo(size_t number) const;
  std::vector<std::vector<LogRecord>> Logs() const;

  void StartInstance(size_t number);
  void Act();
  void Disturb();
  void Reassign();
  void AssignTo(size_t number, uint32_t partition);
  void StepInstance(size_t number);
  void CrashIfFailed(Instance& instance);
  void Heal();
  void LookForUntold();
  bool IsHealed() const;

  void CheckLogs();
  void CheckStates();
  void CheckRegression();
  void CompareWithRebuild(Instance& instance, bool echo);
  uint64_t Digest() const;

  const Profile profile_;
  Random random_;
  uint64_t now_us_ = 0;
  RelayKeeper relays_;
  EchoKeeper echoes_;
  SimulatedLog broker_;
  std::vector<size_t> assigned_;  // number of the instance, by partition
  std::vector<size_t> untold_;    // subjects, when last looked, by partition
  bool healing_ = false;
  std::unique_ptr<Clients> clients_;
  std::vector<std::unique_ptr<Instance>> instances_;  // the services' first, then those that echo;
                                                      // last: their shards answer into all above
};

}  // namespace holdfast
