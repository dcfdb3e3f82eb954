// The audit service, as a process runs it. It is also what the other services record their reads with.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

class AuditingService : public Service, public AuditTrail {};

// `context` outlives it; its own `audit` is not used. Records once it has started.
std::unique_ptr<AuditingService> MakeAuditService(NodeContext& context);

}  // namespace holdfast
