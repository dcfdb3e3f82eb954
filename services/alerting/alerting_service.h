// The alerting service, as a process runs it.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

// `context` outlives it.
std::unique_ptr<Service> MakeAlertingService(NodeContext& context);

}  // namespace holdfast
