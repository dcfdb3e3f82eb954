// CasesService on gRPC: each call passes the gate, then goes to its handler.
#pragma once

#include <memory>

#include "libs/rpc/gate.h"
#include "services/cases/api/cases_parts.h"

namespace grpc {
class Service;
}

namespace holdfast::cases {

// `gate` and `parts` outlive it.
std::unique_ptr<grpc::Service> MakeCasesCalls(Gate& gate, const CasesParts& parts);

}  // namespace holdfast::cases
