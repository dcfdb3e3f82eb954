// A call that was let in to be brought to another server, which lets it in again.
//
//   holdfast-forwarded   metadata, from role service alone: the call was brought on once, and is
//                        not again
#pragma once

#include <chrono>
#include <string>

#include "libs/rpc/principal.h"

namespace holdfast {

inline constexpr char kForwardedMetadata[] = "holdfast-forwarded";

struct ForwardableCall {
  std::string method;  // full name, such as "holdfast.cases.v1.CasesService/ShowCase"
  Identity caller;
  Purpose purpose;
  size_t max_request_bytes;
  std::chrono::system_clock::time_point deadline;
};

}  // namespace holdfast
