// The proceedings service: what courts and children's reporters state.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

std::unique_ptr<Service> MakeProceedingsService(NodeContext& context);

}  // namespace holdfast
