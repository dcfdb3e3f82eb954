// An alert as commands show it.
#pragma once

#include "holdfast/alerting/v1/alerting_service.pb.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

Json AlertJson(const alerting::v1::AlertView& view);

}  // namespace holdfast::cli
