// What goes wrong in a simulated run, how often, and what the clients do meanwhile.
#pragma once

#include <string>

#include "libs/eventlog/simulated_log.h"
#include "libs/shard/mutant.h"

namespace holdfast {

// Rates in parts of a thousand actions.
struct Profile {
  std::string name;
  LogFaults faults;
  uint32_t instances = 2;
  uint32_t clients = 3;
  uint32_t commands = 40;    // in all
  uint32_t actions = 900;    // before the healing
  uint32_t crash = 0;        // an instance stops between two steps
  uint32_t io_crash = 0;     // ... at one of the next reads or writes
  uint32_t lost_writes = 0;  // a crash loses unsynced writes of the state
  uint32_t reassign = 0;     // a partition, or all, goes to another instance
  uint32_t overlap = 0;      // ... while the old one may still claim
  uint32_t pause = 0;        // time passes, from 0.5 to 3 s
  uint32_t repeat = 100;     // an answered command is sent again
  uint32_t skew_us = 0;      // wall clocks differ by up to this
  bool echo = false;         // a second service reacts to the first
  bool pushes = false;       // the first has two partitions, and what follows is pushed across
};

// Each kind of fault is on or off, at a rate of its own, as the seed draws.
Profile SwarmProfile(uint64_t seed);

// A profile biased to what `mutant` gets wrong.
Profile ProfileAgainst(Mutant mutant);

}  // namespace holdfast
