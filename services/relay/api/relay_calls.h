// EventStreamService on gRPC: each call passes the gate, then goes to its handler.
#pragma once

#include <functional>
#include <memory>

#include "libs/crypto/keys_folder.h"
#include "libs/rpc/gate.h"
#include "services/relay/api/event_streams.h"

namespace grpc {
class Service;
}

namespace holdfast::relay {

struct RelayParts {
  KeysFolder& keys;
  uint32_t partition_count = 0;
  // What streams to the subscribers of this process; thread-safe. It may have to be started first.
  std::function<Result<EventStreams*>()> streams;
};

// `gate` outlives it.
std::unique_ptr<grpc::Service> MakeRelayCalls(Gate& gate, RelayParts parts);

}  // namespace holdfast::relay
