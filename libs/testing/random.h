// Random numbers that are the same for a seed on every machine. Not for secrets.
#pragma once

#include <cstdint>

namespace holdfast {

// SplitMix64 (Steele, Lea, Flood, 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 to bound - 1; 0 when bound is 0.
  uint64_t Below(uint64_t bound) { return bound == 0 ? 0 : Next() % bound; }
  // True `permille` times in a thousand.
  bool Chance(uint32_t permille) { return Below(1000) < permille; }
  // A generator of its own, so that one component's draws do not move another's.
  Random Split() { return Random(Next()); }

 private:
  uint64_t state_;
};

}  // namespace holdfast
