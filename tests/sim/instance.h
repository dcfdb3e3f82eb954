// One simulated process: its connection to the log, and the shards of a service with their state
// stores, as they are in production; and the rounds of pushes, if the service pushes.
#pragma once

#include <memory>

#include "libs/eventlog/simulated_log.h"
#include "libs/shard/push_rounds.h"
#include "tests/sim/crashing.h"

namespace holdfast {

class Instance {
 public:
  struct Parts {
    SimulatedLog& broker;
    const Keeper& keeper;
    std::vector<ShardOptions> shards;  // by partition
    std::optional<PusherOptions> pushes;
    Random random;
    const uint64_t& now_us;  // of the simulation
    int64_t skew_us = 0;     // of its wall clock
  };
  explicit Instance(Parts parts);

  bool IsUp() const { return is_up_; }
  uint32_t partition_count() const { return static_cast<uint32_t>(parts_.shards.size()); }
  uint32_t PartitionFor(const SubjectId& subject) const {
    return PartitionOf(subject, partition_count());
  }
  Shard& shard(uint32_t partition) { return *served_[partition].shard; }
  MemoryStateStore& store(uint32_t partition) { return served_[partition].store; }
  PushRounds& pushes() { return *pushes_; }
  std::optional<Status> failure() const;
  uint64_t behind() const;

  // Loads what its stores hold, and begins to tell what is untold. False when a shard refused.
  bool Start(const std::vector<bool>& assigned);
  // One step of one shard or of the pushes; it may be the last.
  void Step();
  // One of each. Whether a shard has more to do at once.
  bool StepAll();
  // Stops at once; what waits is never answered. `lose_writes`: of the state, any unsynced suffix.
  void Crash(bool lose_writes);
  void CrashWithin(uint64_t calls, bool lose_writes);
  // No crash that was planned comes.
  void Survive() { plan_ = {}; }
  // Flushes and stops.
  void Close();

 private:
  struct Served {
    MemoryStateStore store;
    std::unique_ptr<CrashingStore> crashing_store;
    std::unique_ptr<Shard> shard;
  };

  Moment Now() const;
  void StartPushes();
  template <typename Do>
  void OrCrash(Do what);

  Parts parts_;
  bool is_up_ = false;
  std::unique_ptr<EventLog> connection_;
  CrashPlan plan_;
  bool lose_writes_ = false;
  std::unique_ptr<CrashingLog> log_;
  std::unique_ptr<PushRounds> pushes_;
  std::vector<Served> served_;  // last: the shards use all above
};

}  // namespace holdfast
