// The run of an import that rows are sent for.
#pragma once

#include <functional>
#include <string>

#include "libs/rpc/unary_call.h"
#include "services/cases/api/cases_parts.h"

namespace holdfast::cases {

struct RunNamed {
  std::string authority;
  std::string id;         // 16 bytes
  bool of_sheet = false;  // a tracker sheet's; else a return's
};

// The run as it was begun, whatever a caller says of it: UNKNOWN_RUN, RUN_WITHDRAWN. `then` is
// called once, on a thread that may not block.
void WithRun(const CasesParts& parts, const AnyUnaryCall& call, const RunNamed& run,
             std::function<void(const Result<StartedRun>&)> then);

}  // namespace holdfast::cases
