// The audit service, as a process runs it. It is an AuditTrail too: what the other services record
// their reads with.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

// `context` outlives it; its own `audit` is not used. Records once it has started.
std::unique_ptr<Service> MakeAuditService(NodeContext& context);

}  // namespace holdfast
