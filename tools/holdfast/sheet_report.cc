#include "tools/holdfast/sheet_report.h"

#include <fmt/format.h>

#include <filesystem>

namespace holdfast::cli {
namespace {

using cases::v1::RowOutcome;

Json TotalsJson(const import::Totals& totals) {
  return {{"read", totals.read},           {"refused", totals.refused},
          {"set_aside", totals.set_aside}, {"corrected", totals.corrected},
          {"facts", totals.facts},         {"unchanged", totals.unchanged}};
}

std::string TotalsText(const char* what, const import::Totals& totals) {
  return fmt::format("{:<6} read {}, refused {}, corrected {}, facts {}, unchanged {}\n", what,
                     totals.read, totals.refused, totals.corrected, totals.facts,
                     totals.unchanged);
}

void Add(RowOutcome outcome, import::Totals& totals) {
  ++totals.read;
  switch (outcome) {
    case cases::v1::ROW_OUTCOME_CORRECTED:
      ++totals.corrected;
      return;
    case cases::v1::ROW_OUTCOME_FACTS:
      ++totals.facts;
      return;
    case cases::v1::ROW_OUTCOME_UNCHANGED:
      ++totals.unchanged;
      return;
    default:
      ++totals.refused;
  }
}

std::string Joined(const std::vector<import::SheetRefusal>& refusals,
                   std::string import::SheetRefusal::*part) {
  std::string all;
  for (const auto& refusal : refusals) all += (all.empty() ? "" : "; ") + refusal.*part;
  return all;
}

}  // namespace

SheetReport::SheetReport(const std::string& file_name, const import::TrackerMap& map,
                         const import::TrackerSheet& sheet)
    : file_name_(file_name), map_(map), sheet_(sheet), rejects_(sheet.heading) {}

void SheetReport::Count(const std::vector<const cases::v1::StateTrackerRowAnswer*>& answers) {
  for (size_t i = 0; i < sheet_.rows.size(); ++i) CountRow(sheet_.rows[i], answers[i]);
}

void SheetReport::CountRow(const import::SheetRow& row,
                           const cases::v1::StateTrackerRowAnswer* answer) {
  if (row.repeats) return Add(cases::v1::ROW_OUTCOME_UNCHANGED, rows_);
  std::vector<import::SheetRefusal> refusals = row.refusals;
  for (size_t i = 0; i < row.refusals.size() && !row.is_refused; ++i)
    Add(cases::v1::ROW_OUTCOME_REFUSED, cells_);
  if (answer) {
    events_ += answer->events();
    const auto& whole = answer->row();
    if (!whole.rule().empty())
      refusals.push_back({whole.field() == "born" ? map_.born : "", whole.rule(), whole.message()});
    for (int i = 0; i < answer->cells_size(); ++i) {
      const auto& cell = answer->cells(i);
      Add(cell.outcome(), cells_);
      if (cell.outcome() != cases::v1::ROW_OUTCOME_REFUSED) continue;
      refusals.push_back({row.cells[static_cast<size_t>(i)].column, cell.rule(), cell.message()});
    }
  }
  Add(refusals.empty() && answer ? answer->row().outcome() : cases::v1::ROW_OUTCOME_REFUSED, rows_);
  if (!refusals.empty()) Keep(row, refusals);
}

void SheetReport::Keep(const import::SheetRow& row,
                       const std::vector<import::SheetRefusal>& refusals) {
  rejects_.Add({.file = file_name_,
                .line = row.line,
                .field = Joined(refusals, &import::SheetRefusal::column),
                .rule = Joined(refusals, &import::SheetRefusal::rule)},
               Joined(refusals, &import::SheetRefusal::message), row.text);
  for (const auto& refusal : refusals) {
    refusals_.push_back({{"file", file_name_},
                         {"line", row.line},
                         {"field", refusal.column.empty() ? Json(nullptr) : Json(refusal.column)},
                         {"rule", refusal.rule},
                         {"message", refusal.message}});
  }
}

Json SheetReport::ToJson() const {
  return {{"total", TotalsJson(rows_)},
          {"tables", {{"Sheet", TotalsJson(rows_)}}},
          {"cells", TotalsJson(cells_)},
          {"refusals", refusals_}};
}

std::string SheetReport::ToText() const {
  std::string text = TotalsText("rows", rows_) + TotalsText("cells", cells_);
  for (const auto& refusal : refusals_) {
    const auto& field = refusal.at("field");
    text += fmt::format("  {}:{}{}: {} ({})\n", file_name_, refusal.at("line").get<uint64_t>(),
                        field.is_null() ? "" : ", " + field.get<std::string>(),
                        refusal.at("message").get<std::string>(),
                        refusal.at("rule").get<std::string>());
  }
  return text;
}

cases::v1::ImportTotals SheetReport::RowTotals() const {
  cases::v1::ImportTotals totals;
  totals.set_table("Sheet");
  totals.set_read(rows_.read);
  totals.set_refused(rows_.refused);
  totals.set_set_aside(rows_.set_aside);
  totals.set_corrected(rows_.corrected);
  totals.set_facts(rows_.facts);
  totals.set_unchanged(rows_.unchanged);
  return totals;
}

std::string SheetReport::RejectsName(const std::string& file_name) {
  return std::filesystem::path(file_name).replace_extension(".csv").string();
}

Result<void> SheetReport::WriteRejects(const std::string& folder) const {
  return rejects_.Write(folder, RejectsName(file_name_));
}

}  // namespace holdfast::cli
