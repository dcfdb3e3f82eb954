// An alert as commands show it.
#pragma once

#include <string>

#include "holdfast/alerting/v1/alerting_service.pb.h"
#include "tools/holdfast/json.h"

namespace holdfast::cli {

// YYYY-MM-DD; blank, or null, where there is none.
std::string DayText(bool has, const common::v1::Date& date);
Json DayOrNull(bool has, const common::v1::Date& date);

Json AlertJson(const alerting::v1::AlertView& view);

}  // namespace holdfast::cli
