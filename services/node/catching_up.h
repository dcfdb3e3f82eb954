// How far a copy is behind what it copies, in time: as of when it has all that there was then.
#pragma once

#include <cstdint>

#include "libs/base/clock.h"

namespace holdfast {

class CatchingUp {
 public:
  // To be told now and then: what the copy has read, and what there is now.
  void Look(uint64_t next_offset, uint64_t end, Monotonic now) {
    if (next_offset >= goal_) as_of_ = goal_at_;
    if (next_offset >= end) as_of_ = now;
    if (next_offset < goal_) return;
    goal_ = end;
    goal_at_ = now;
  }
  bool IsWithin(std::chrono::milliseconds lag, Monotonic now) const {
    return as_of_ != Monotonic() && now - as_of_ < lag;
  }

 private:
  uint64_t goal_ = 0;    // the end when it was last reached
  Monotonic goal_at_{};  // when that was
  Monotonic as_of_{};    // it has all of this moment; the beginning of time: of none
};

}  // namespace holdfast
