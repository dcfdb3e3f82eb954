// How the columns of an authority's tracker sheet are to be read: a YAML file that the authority
// writes once.
//
//   dates: dmy                                  dd/mm/yyyy; iso: yyyy-mm-dd
//   child: {local_id: ID, born: Born, name: Name, worker: Worker}      the last two as wanted
//   columns:
//     - {column: Accommodated, kind: care_start}
//     - {column: Panel, kind: panel, code: adoption}
//     - column: Status from
//       kind: legal_status
//       code: {column: Status, map: {Compulsory order: CSO, Voluntary: S25}}
//   ignore: [Notes]
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/base/nation.h"
#include "libs/base/status.h"

namespace holdfast::import {

enum class DateForm { kDmy, kIso };

// A column of days.
struct MappedColumn {
  std::string column;
  cases::v1::FactKind kind = cases::v1::FACT_KIND_UNSPECIFIED;
  std::string code;                          // of every day in it; blank: none, or `code_column`'s
  std::string code_column;                   // whose text says the code; blank: none does
  std::map<std::string, std::string> codes;  // by text
};

struct TrackerMap {
  DateForm dates = DateForm::kIso;
  std::string local_id;
  std::string born;
  std::string name;    // blank: the sheet has none
  std::string worker;  // blank: the sheet has none
  std::vector<MappedColumn> columns;
  std::vector<std::string> ignored;
};

// A column's name as it is compared: without space at its ends, ASCII letters in upper case.
std::string ColumnKey(std::string_view name);

// `nation`: whose codes they are. BAD_MAP with file, line, field and rule: not YAML of this shape;
// an unknown kind or code; a column named twice; two columns of one kind and code.
Result<TrackerMap> ReadTrackerMap(std::string_view file_name, std::string_view text,
                                  std::optional<Nation> nation);

}  // namespace holdfast::import
