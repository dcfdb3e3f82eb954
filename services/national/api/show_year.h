// NationalService/ShowYear: parse, ask, render.
#pragma once

#include <memory>

#include "holdfast/national/v1/national_service.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/national/app/year_tables.h"

namespace holdfast::national {

using ShowYearCall = std::shared_ptr<UnaryCall<v1::ShowYearRequest, v1::ShowYearResponse>>;

// Answers `call` later; `today` is the day it is asked on. YEAR_END, KNOWN_AT, POSITIONS
// (kInvalidArgument) for a request that names none of either.
void ShowYear(YearTables& tables, CivilDate today, const ShowYearCall& call);

}  // namespace holdfast::national
