#include "tools/holdfast/feed_file.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "libs/permanence/dates.h"
#include "tools/holdfast/mended_csv.h"
#include "tools/holdfast/read_time.h"

namespace holdfast::cli {
namespace {

using nlohmann::json;
using proceedings::v1::StreamItemsRequest;

// A day; one that cannot be read has no parts.
common::v1::Date ReadDay(const std::string& text) {
  const auto day = CivilDate::FromIso(text);
  return day ? DateOf(*day) : common::v1::Date();
}

// Microseconds; -1 for what is no time.
int64_t ReadSentAt(const std::string& text) {
  if (const auto time = ReadTime(text)) return time->time_since_epoch().count();
  const auto day = CivilDate::FromIso(text);
  return day ? int64_t{day->days_since_epoch()} * 86'400'000'000 : -1;
}

// How each column goes into an item. A blank cell says nothing.
using Setter = void (*)(const std::string&, StreamItemsRequest&);
const std::map<std::string, Setter, std::less<>>& Columns() {
  using Item = StreamItemsRequest;
  using Text = const std::string&;
  static const std::map<std::string, Setter, std::less<>> columns = {
      {"event_id", [](Text text, Item& item) { item.set_event_id(text); }},
      {"sent_at", [](Text text, Item& item) { item.set_sent_at_us(ReadSentAt(text)); }},
      {"kind", [](Text text, Item& item) { item.set_kind(text); }},
      {"on", [](Text text, Item& item) { *item.mutable_on() = ReadDay(text); }},
      {"ref", [](Text text, Item& item) { item.set_ref(text); }},
      {"authority", [](Text text, Item& item) { item.set_child_authority(text); }},
      {"local_id", [](Text text, Item& item) { item.set_local_id(text); }},
      {"case_ref", [](Text text, Item& item) { item.set_case_ref(text); }},
      {"name", [](Text text, Item& item) { item.set_name(text); }},
      {"born", [](Text text, Item& item) { *item.mutable_born() = ReadDay(text); }},
      {"code", [](Text text, Item& item) { item.set_code(text); }},
      {"until", [](Text text, Item& item) { *item.mutable_until() = ReadDay(text); }},
      {"after", [](Text text, Item& item) { item.set_after(text); }},
      {"reason", [](Text text, Item& item) { item.set_reason(text); }},
  };
  return columns;
}

tl::unexpected<Status> Unknown(const std::string& column, uint64_t line) {
  std::string known;
  for (const char* name : {"event_id", "sent_at", "kind", "on", "ref", "authority", "local_id",
                           "case_ref", "name", "born", "code", "until", "after", "reason"})
    known += (known.empty() ? "" : ",") + std::string(name);
  return Fail(
      StatusCode::kInvalidArgument, "BAD_COLUMNS",
      "line " + std::to_string(line) + ": a feed has no column '" + column + "'; it has: " + known,
      {.line = line, .field = column});
}

void Set(const std::string& column, const std::string& text, StreamItemsRequest& item) {
  if (!text.empty()) Columns().find(column)->second(text, item);
}

Result<FeedRow> RowOf(const json& object, uint64_t line) {
  FeedRow row{.line = line, .item = {}, .why_not = {}, .field = {}};
  for (const auto& [name, value] : object.items()) {
    if (!Columns().contains(name)) return Unknown(name, line);
    if (value.is_null()) continue;
    if (value.is_structured()) {
      row.why_not = "BAD_ROW";
      row.field = name;
      continue;
    }
    Set(name, csv::Trim(value.is_string() ? value.get<std::string>() : value.dump()), row.item);
  }
  return row;
}

}  // namespace

Result<std::vector<FeedRow>> ReadFeedCsv(std::string_view bytes) {
  const auto mended = ReadMendedCsv(bytes);
  if (!mended) return tl::unexpected(mended.error());
  const csv::File* file = &mended->file;
  if (file->heading.empty()) {
    return Fail(StatusCode::kInvalidArgument, "BAD_COLUMNS",
                "line 1: a feed's first line names its columns", {.line = 1});
  }
  std::vector<std::string> heading = file->heading;
  std::set<std::string> seen;
  for (auto& column : heading) {
    std::ranges::transform(column, column.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!Columns().contains(column)) return Unknown(column, 1);
    if (!seen.insert(column).second) {
      return Fail(StatusCode::kInvalidArgument, "BAD_COLUMNS",
                  "line 1: the column '" + column + "' stands twice", {.line = 1, .field = column});
    }
  }
  std::vector<FeedRow> rows;
  for (const auto& row : file->rows) {
    auto& read =
        rows.emplace_back(FeedRow{.line = row.line, .item = {}, .why_not = {}, .field = {}});
    if (row.cells.size() != heading.size()) read.why_not = "BAD_ROW";
    for (size_t i = 0; i < std::min(heading.size(), row.cells.size()); ++i)
      Set(heading[i], row.cells[i], read.item);
  }
  for (const uint64_t line : mended->broken)
    rows.push_back({.line = line, .item = {}, .why_not = "BAD_CSV", .field = {}});
  std::ranges::sort(rows, {}, &FeedRow::line);
  return rows;
}

Result<std::vector<FeedRow>> ReadFeedJson(std::string_view bytes) {
  std::vector<FeedRow> rows;
  uint64_t line = 0;
  while (!bytes.empty()) {
    ++line;
    const auto text = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), text.size() + 1));
    if (csv::Trim(text).empty()) continue;
    const auto object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
      rows.push_back({.line = line, .item = {}, .why_not = "BAD_JSON", .field = {}});
      continue;
    }
    auto row = RowOf(object, line);
    if (!row) return tl::unexpected(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

Result<std::vector<FeedRow>> ReadFeedFile(const std::string& path) {
  const bool is_csv = path.ends_with(".csv");
  if (!is_csv && !path.ends_with(".ndjson")) {
    return Fail(StatusCode::kInvalidArgument, "NOT_A_FEED",
                path + ": a feed's file ends in .csv or .ndjson");
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream)
    return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + path, {.file = path});
  auto rows = is_csv ? ReadFeedCsv(bytes.str()) : ReadFeedJson(bytes.str());
  if (rows) {
    for (FeedRow& row : *rows) {
      if (row.why_not.empty() && row.item.ByteSizeLong() > kLongestItem_bytes)
        row.why_not = "TOO_LARGE";
    }
    return rows;
  }
  Status why = rows.error();
  why.message = path + ": " + why.message;
  why.where.file = path;
  return tl::unexpected(why);
}

}  // namespace holdfast::cli
