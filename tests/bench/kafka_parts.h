// What `tools/bench kafka` (tests/bench/kafka) leaves to this program: loads on brokers and
// instances that it has started. Each prints one JSON object, {"count","per_s",..}, times in
// milliseconds.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <semaphore>
#include <string>
#include <vector>

#include "tests/bench/figures.h"

namespace holdfast {

struct Loop {
  uint64_t count = 0;
  double per_s = 0;
  std::vector<double> took_ms;
};

// As ClosedLoop, for so long rather than so many.
template <typename Send>
Loop TimedLoop(double seconds, std::ptrdiff_t in_flight, Send send) {
  std::counting_semaphore<> slots(in_flight);
  std::mutex mutex;  // guards loop.took_ms
  Loop loop;
  const auto start = std::chrono::steady_clock::now();
  for (; SecondsSince(start) < seconds; ++loop.count) {
    slots.acquire();
    const auto sent = std::chrono::steady_clock::now();
    send(loop.count, [&, sent] {
      {
        const std::lock_guard lock(mutex);
        loop.took_ms.push_back(SecondsSince(sent) * 1000);
      }
      slots.release();
    });
  }
  for (std::ptrdiff_t i = 0; i < in_flight; ++i) slots.acquire();
  loop.per_s = static_cast<double>(loop.count) / SecondsSince(start);
  return loop;
}

// The part that the words name:
//   produce BROKERS TOPIC PARTITIONS BYTES IN_FLIGHT SECONDS
//       records written and read back
//   read BROKERS TOPIC PARTITIONS
//       {"records","bytes"} of a topic
//   register DATA KEYS COUNT FILE
//       children in care; their ids in hex, a line each, in FILE
//   commands KEYS FILE FIRST IN_FLIGHT SECONDS ENDPOINT..
//       facts from number FIRST on, each sent to its partition's owner: an ENDPOINT each, in order
//   alerts DATA KEYS CHILDREN FACTS
//       from a fact that is fed to its alert
// False: there is no such part.
bool RunKafkaPart(const std::vector<std::string>& words);

void ProduceAndReadBack(const std::vector<std::string>& words);
void ReadTopic(const std::vector<std::string>& words);

}  // namespace holdfast
