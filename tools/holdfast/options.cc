#include "tools/holdfast/options.h"

#include <iostream>

#include "tools/holdfast/json.h"

namespace holdfast::cli {

int Report(const Status& reported, const GlobalOptions& options) {
  const Status status = WithOptionAtFault(reported, options.chosen);
  if (options.json) std::cout << Dump(ErrorJson(status)) << "\n";
  std::cerr << "holdfast: " << status.message << "\n";
  if (status.reason == "OUTCOME_UNKNOWN") return kOutcomeNotKnown;
  if (status.reason == "NO_SERVER") return kNoServer;
  if (status.reason == "NOT_TAKEN") return kNothingDone;
  switch (status.code) {
    case StatusCode::kNotFound:
    case StatusCode::kPermissionDenied:
      return status.reason == "CANNOT_READ" ? kNothingDone : kNotFound;
    case StatusCode::kUnavailable:
      return kOutcomeNotKnown;
    default:
      return kNothingDone;
  }
}

int ReportNothingDone(const Status& status, const GlobalOptions& options) {
  Report(status, options);
  return kNothingDone;
}

}  // namespace holdfast::cli
