// AuditService on gRPC.
#pragma once

#include <memory>

#include "libs/base/clock.h"
#include "libs/projection/read_model.h"
#include "libs/rpc/gate.h"
#include "libs/shard/service_shards.h"
#include "services/audit/app/read_log.h"

namespace grpc {
class Service;
}

namespace holdfast::audit {

// What the calls are answered with. All of it outlives them.
struct AuditParts {
  ServiceShards& shards;
  ReadModelOf<ReadLog>& reads;
  const Clock& clock;
};

std::unique_ptr<grpc::Service> MakeAuditCalls(Gate& gate, const AuditParts& parts);

}  // namespace holdfast::audit
