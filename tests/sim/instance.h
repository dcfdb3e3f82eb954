// One simulated process: its connection to the log, its state store, and a shard as it is in
// production.
#pragma once

#include <memory>

#include "libs/eventlog/simulated_log.h"
#include "libs/shard/shard.h"
#include "tests/sim/crashing.h"

namespace holdfast {

class Instance {
 public:
  struct Parts {
    SimulatedLog& broker;
    const Keeper& keeper;
    ShardOptions options;
    Random random;
    const uint64_t& now_us;  // of the simulation
    int64_t skew_us = 0;     // of its wall clock
  };
  explicit Instance(Parts parts);

  bool IsUp() const { return shard_ != nullptr; }
  Shard& shard() { return *shard_; }
  MemoryStateStore& store() { return store_; }

  // Loads what its store holds. False when the shard refused to start.
  bool Start(bool assigned);
  // One step; it may be its last.
  void Step();
  // Stops at once; what waits is never answered. `lose_writes`: of the state, any unsynced suffix.
  void Crash(bool lose_writes);
  void CrashWithin(uint64_t calls, bool lose_writes);
  // No crash that was planned comes.
  void Survive() { plan_ = {}; }
  // Flushes and stops.
  void Close();

 private:
  Moment Now() const;

  Parts parts_;
  std::unique_ptr<EventLog> connection_;
  MemoryStateStore store_;
  CrashPlan plan_;
  bool lose_writes_ = false;
  std::unique_ptr<CrashingLog> log_;
  std::unique_ptr<CrashingStore> crashing_store_;
  std::unique_ptr<Shard> shard_;  // last: uses all above
};

}  // namespace holdfast
