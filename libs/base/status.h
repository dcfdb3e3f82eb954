// What went wrong, when something did. The business saying no is not an error: see each aggregate's Refusal.
#pragma once

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

struct Status {
  StatusCode code;
  std::string reason;   // constant, in upper snake case, such as NOT_TAKEN
  std::string message;  // for a person, without personal data

  bool operator==(const Status&) const = default;
};

template <typename T>
using Result = tl::expected<T, Status>;

inline tl::unexpected<Status> Fail(StatusCode code, std::string reason, std::string message) {
  return tl::unexpected<Status>(Status{code, std::move(reason), std::move(message)});
}

}  // namespace holdfast
