// ProceedingsService as gRPC calls it: each call through the gate, then to its function.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "libs/rpc/gate.h"
#include "services/proceedings/api/proceedings_parts.h"

namespace holdfast::proceedings {

// Both outlive it.
std::unique_ptr<grpc::Service> MakeProceedingsCalls(Gate& gate, const ProceedingsParts& parts);

}  // namespace holdfast::proceedings
