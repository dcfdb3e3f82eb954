// How the rows and cells of a tracker sheet ended, and where the refused ones are kept.
#pragma once

#include <string>
#include <vector>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "tools/holdfast/json.h"
#include "tools/import/importer.h"
#include "tools/import/rejects_file.h"
#include "tools/import/tracker_sheet.h"

namespace holdfast::cli {

class SheetReport {
 public:
  // `file_name`: the sheet's, without its folder; `map` names the columns at fault. Both outlive
  // it.
  SheetReport(const std::string& file_name, const import::TrackerMap& map,
              const import::TrackerSheet& sheet);

  // Counts every row. `answers`: of the rows that were sent, by index; null: the row was not sent.
  // A row ends as the first in this order of what became of it and its cells: refused, corrected,
  // facts, unchanged.
  void Count(const std::vector<const cases::v1::StateTrackerRowAnswer*>& answers);

  const import::Totals& rows() const { return rows_; }
  uint64_t events() const { return events_; }
  // {"total","tables","cells","refusals"}, as an import has them.
  Json ToJson() const;
  std::string ToText() const;
  cases::v1::ImportTotals RowTotals() const;

  // The sheet's name with .csv for its ending: what its rejects file is called.
  static std::string RejectsName(const std::string& file_name);
  Result<void> WriteRejects(const std::string& folder) const;

 private:
  void CountRow(const import::SheetRow& row, const cases::v1::StateTrackerRowAnswer* answer);
  void Keep(const import::SheetRow& row, const std::vector<import::SheetRefusal>& refusals);

  const std::string& file_name_;
  const import::TrackerMap& map_;
  const import::TrackerSheet& sheet_;
  import::Totals rows_;
  import::Totals cells_;
  uint64_t events_ = 0;
  import::RejectsFile rejects_;
  Json refusals_ = Json::array();
};

}  // namespace holdfast::cli
