// AlertingService on gRPC: each call passes the gate, then goes to its handler.
#pragma once

#include <memory>

#include "libs/rpc/gate.h"
#include "services/alerting/api/alerting_parts.h"

namespace grpc {
class Service;
}

namespace holdfast::alerting {

// `gate` and `parts` outlive it.
std::unique_ptr<grpc::Service> MakeAlertingCalls(Gate& gate, const AlertingParts& parts);

}  // namespace holdfast::alerting
