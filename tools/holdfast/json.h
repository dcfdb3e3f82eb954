// The answers of the command line as JSON: the shapes that scripts rely on. Names are added, never
// changed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "holdfast/common/v1/common.pb.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/measures/year_counts.h"
#include "tools/import/importer.h"

namespace holdfast::cli {

using Json = nlohmann::ordered_json;

// ISO 8601, or null when it is not set.
Json DayJson(bool is_set, const common::v1::Date& date);
// Null when it is blank.
Json TextJson(const std::string& text);
Json ImportJson(const import::Report& report);
Json DiscrepanciesJson(const import::OpenCounts& open);
// `known_at` is the day the figures are as known at; `positions` where they were read.
Json NationalJson(const std::string& authority, CivilDate year_end, CivilDate known_at,
                  const Json& positions, const std::vector<Measure>& measures);
// [{"service","partition","event"}], as every answer has them.
Json PositionsJson(const google::protobuf::RepeatedPtrField<common::v1::Position>& positions);
Json ErrorJson(const Status& status);

// One line, or indented when a person reads it. Bytes that are not UTF-8 are replaced.
std::string Dump(const Json& json);

}  // namespace holdfast::cli
