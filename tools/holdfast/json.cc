#include "tools/holdfast/json.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "libs/permanence/dates.h"

namespace holdfast::cli {
namespace {

Json RowJson(const import::Totals& totals) {
  return {{"read", totals.read},           {"refused", totals.refused},
          {"set_aside", totals.set_aside}, {"corrected", totals.corrected},
          {"facts", totals.facts},         {"unchanged", totals.unchanged}};
}

// A count as a whole number, a share or a median rounded to four decimals.
Json ValueJson(const std::optional<double>& value) {
  if (!value) return nullptr;
  if (*value == std::floor(*value)) return static_cast<int64_t>(*value);
  std::array<char, 64> rounded{};
  std::snprintf(rounded.data(), rounded.size(), "%.4f", *value);
  return std::strtod(rounded.data(), nullptr);
}

template <typename T>
Json OptionalJson(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// Counts by category, and figures by their paths.
Json ByJson(const Measure& measure) {
  Json by = measure.by;
  for (const auto& group : measure.groups) by[group] = Json::object();
  for (const auto& part : measure.parts) {
    Json* at = &by;
    for (const auto& word : part.path) at = &(*at)[word];
    *at = ValueJson(part.value);
  }
  return by;
}

const char* NameOf(StatusCode code) {
  switch (code) {
    case StatusCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case StatusCode::kNotFound:
      return "NOT_FOUND";
    case StatusCode::kPermissionDenied:
      return "PERMISSION_DENIED";
    case StatusCode::kFailedPrecondition:
      return "FAILED_PRECONDITION";
    case StatusCode::kResourceExhausted:
      return "RESOURCE_EXHAUSTED";
    case StatusCode::kUnavailable:
      return "UNAVAILABLE";
    case StatusCode::kDataLoss:
      return "DATA_LOSS";
    case StatusCode::kInternal:
      return "INTERNAL";
  }
  return "INTERNAL";
}

}  // namespace

Json DayJson(bool has, const common::v1::Date& date) {
  const auto day = has ? DayOf(date) : std::nullopt;
  return day ? Json(day->Iso()) : Json(nullptr);
}

Json TextJson(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json DiscrepanciesJson(const import::OpenCounts& open) {
  return {{"overlap", open.overlap},
          {"two_open", open.two_open},
          {"388", open.lacks_continuation},
          {"after_died", open.after_died},
          {"not_in_next_return", open.not_in_next_return},
          {"removed_in_resubmission", open.removed_in_resubmission}};
}

Json ImportJson(const import::Report& report) {
  Json tables = Json::object();
  for (const auto& [table, totals] : report.tables)
    tables[std::string(ssda903::Name(table))] = RowJson(totals);
  Json files = Json::array();
  for (const auto& file : report.files) {
    files.push_back(
        {{"file", file.name},
         {"sha256", file.sha256},
         {"table", file.table ? Json(std::string(ssda903::Name(*file.table))) : Json(nullptr)},
         {"set_aside", OptionalJson(file.set_aside)},
         {"rows", file.rows}});
  }
  return {{"run", report.run.HexText()},
          {"authority", report.authority},
          {"year_ending", report.year_end.Iso()},
          {"dry_run", report.dry_run},
          {"events", report.events},
          {"total", RowJson(report.total)},
          {"tables", std::move(tables)},
          {"files", std::move(files)},
          {"notes", report.notes.size()},
          {"fields_aside", report.fields_aside.size()},
          {"vanished", report.vanished},
          {"returned", report.returned},
          {"late", report.late},
          {"moved", report.moved},
          {"removed", report.removed},
          {"discrepancies", DiscrepanciesJson(report.open)},
          {"positions", Json::array()}};
}

Json NationalJson(const std::string& authority, CivilDate year_end, CivilDate known_at,
                  const Json& positions, const std::vector<Measure>& measures) {
  Json shown = Json::array();
  for (const auto& measure : measures) {
    shown.push_back({{"id", measure.id},
                     {"definition", measure.definition},
                     {"value", ValueJson(measure.value)},
                     {"numerator", OptionalJson(measure.numerator)},
                     {"denominator", OptionalJson(measure.denominator)},
                     {"excluded", measure.excluded},
                     {"unknown", measure.unknown},
                     {"disputed", measure.disputed},
                     {"by", ByJson(measure)}});
  }
  return {{"authority", authority},     {"year_ending", year_end.Iso()},
          {"known_at", known_at.Iso()}, {"disclosure_controlled", false},
          {"positions", positions},     {"measures", std::move(shown)}};
}

Json PositionsJson(const google::protobuf::RepeatedPtrField<common::v1::Position>& positions) {
  Json list = Json::array();
  for (const auto& position : positions) {
    list.push_back({{"service", position.service()},
                    {"partition", position.partition()},
                    {"event", position.event()}});
  }
  return list;
}

Json ErrorJson(const Status& status) {
  const auto& where = status.where;
  return {{"error",
           {{"code", NameOf(status.code)},
            {"reason", status.reason},
            {"message", status.message},
            {"where",
             {{"file", TextJson(where.file)},
              {"line", where.line ? Json(where.line) : Json(nullptr)},
              {"field", TextJson(where.field)},
              {"rule", TextJson(where.rule)}}}}}};
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace holdfast::cli
