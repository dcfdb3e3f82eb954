// Time as an input: nothing below the shells reads a clock of its own.
#pragma once

#include <chrono>

namespace holdfast {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;  // wall time, UTC
using Monotonic = std::chrono::steady_clock::time_point;           // for timeouts only

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  virtual Monotonic Steady() const = 0;
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  Instant Now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
  }
  Monotonic Steady() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace holdfast
