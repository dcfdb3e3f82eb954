// From the values of a row, by column, to the message that keeps them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "holdfast/cases/v1/returns.pb.h"
#include "libs/base/civil_date.h"
#include "libs/ssda903/table.h"

namespace holdfast::ssda903 {

// What the row says; days in `values` are yyyy-mm-dd or blank. Personal values are in the open.
cases::v1::ReturnRow ContentOf(Table table, const std::map<std::string, std::string>& values,
                               const std::string& local_id);

// A row of which only the table and the key day can be told.
cases::v1::ReturnRow KeyOnly(Table table, std::optional<CivilDate> key_day);

// The table by the number that events know it by; unspecified where it makes no facts.
cases::v1::ReturnTable ReturnTableOf(Table table);

}  // namespace holdfast::ssda903
