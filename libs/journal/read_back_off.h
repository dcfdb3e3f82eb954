// When to read again a log that could not be read: after a pause that doubles, up to 5 s, for as
// long as it takes.
#pragma once

#include <algorithm>
#include <optional>

#include "libs/base/clock.h"
#include "libs/base/status.h"

namespace holdfast {

class ReadBackOff {
 public:
  static constexpr std::chrono::milliseconds kFirst{50};
  static constexpr std::chrono::milliseconds kLongest{5000};

  void OnFailure(const Status& why, Monotonic now) {
    pause_ = why_ ? std::min(2 * pause_, kLongest) : kFirst;
    why_ = why;
    again_ = now + pause_;
  }
  void OnSuccess() { why_.reset(); }

  bool MayRead(Monotonic now) const { return !why_ || now >= again_; }
  // When it may be read again; the end of time while it could be read.
  Monotonic again() const { return why_ ? again_ : Monotonic::max(); }
  // Why it could not be read; nothing: it could.
  const std::optional<Status>& why() const { return why_; }

 private:
  std::optional<Status> why_;
  std::chrono::milliseconds pause_{};
  Monotonic again_{};
};

}  // namespace holdfast
