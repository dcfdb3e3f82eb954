// The service of contact: agreements, sessions, what was seen and said, reviews.
#pragma once

#include <memory>

#include "services/node/service.h"

namespace holdfast {

std::unique_ptr<Service> MakeContactService(NodeContext& context);

}  // namespace holdfast
