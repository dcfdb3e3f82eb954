// The services that a process can run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/node/service.h"

namespace holdfast {

struct ServiceMaker {
  std::string name;
  std::unique_ptr<Service> (*make)(NodeContext& context);
};

// In the order in which they start: one that others call or react to comes before them.
const std::vector<ServiceMaker>& AllServices();

// Those named, in that order; all for an empty list. UNKNOWN_SERVICE (kInvalidArgument).
Result<std::vector<ServiceMaker>> ChooseServices(const std::vector<std::string>& names);

}  // namespace holdfast
