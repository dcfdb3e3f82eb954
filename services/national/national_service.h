// The national service: figures by authority and year for those who see no identity, read from the
// cases journal.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

// `context` outlives it. Its state is DATA/state/national: when that is removed, it is built again
// to the same bytes.
std::unique_ptr<Service> MakeNationalService(NodeContext& context);

}  // namespace holdfast
