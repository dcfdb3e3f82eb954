// The relay: the events of the journals for data teams and subscriber groups, as streams.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

// `context` outlives it. Its index is DATA/state/relay: when that is removed, it is built again.
std::unique_ptr<Service> MakeRelayService(NodeContext& context);

}  // namespace holdfast
