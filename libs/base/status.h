// What went wrong, when something did. The business saying no is not an error: see each aggregate's
// Refusal.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace holdfast {

// The kinds of failure; the same meanings as gRPC's codes of these names.
enum class StatusCode {
  kInvalidArgument,
  kNotFound,
  kPermissionDenied,
  kFailedPrecondition,
  kResourceExhausted,
  kUnavailable,
  kDataLoss,
  kInternal,
};

// The place in what was given that is at fault; parts that say nothing are blank or 0.
struct Where {
  std::string file;
  uint64_t line = 0;
  std::string field;
  std::string rule;

  bool operator==(const Where&) const = default;
};

struct Status {
  StatusCode code;
  std::string reason;   // constant, in upper snake case, such as NOT_TAKEN
  std::string message;  // for a person, without personal data
  Where where = {};

  bool operator==(const Status&) const = default;
};

template <typename T>
using Result = tl::expected<T, Status>;

inline tl::unexpected<Status> Fail(StatusCode code, std::string reason, std::string message) {
  return tl::unexpected<Status>(Status{code, std::move(reason), std::move(message)});
}

inline tl::unexpected<Status> Fail(StatusCode code, std::string reason, std::string message,
                                   Where where) {
  return tl::unexpected<Status>(
      Status{code, std::move(reason), std::move(message), std::move(where)});
}

}  // namespace holdfast
