#include "libs/ssda903/row.h"

#include <algorithm>

#include "libs/ssda903/codes.h"
#include "libs/ssda903/content.h"

namespace holdfast::ssda903 {
namespace {

using enum ColumnKind;

std::optional<CivilDate> ReadDay(const std::string& text) {
  const auto british = CivilDate::FromBritish(text);
  return british ? british : CivilDate::FromIso(text);
}

// Reads the cells of one row into it, one column after the other.
class RowReader {
 public:
  RowReader(Row& row, CivilDate year_end) : row_(row), year_end_(year_end) {}

  void Read(const Column& column, const std::string& text) {
    switch (column.kind) {
      case kChild:
        row_.local_id = text;
        if (text.empty()) Refuse(column, "there is no child's number");
        break;
      case kBorn:
        ReadBorn(column, text);
        break;
      case kKeyDay:
        row_.key_day = ReadDay(text);
        Keep(column, row_.key_day ? row_.key_day->Iso() : text);
        if (!row_.key_day)
          Refuse(column, text.empty() ? "the day is missing" : "the day cannot be read");
        break;
      case kEndDay:
        ReadEnd(column, text);
        break;
      case kDay:
      case kMatchDay:
        ReadOptionalDay(column, text);
        break;
      case kRequiredCode:
      case kCode:
      case kWithEnd:
        ReadCode(column, text);
        break;
      case kText:
        Keep(column, text);
        break;
    }
  }

  // Rules 4 and 5: what goes with an end that is blank or after the year is aside, and so is such
  // an end.
  void SettleEnd() {
    const auto columns = ColumnsOf(row_.table);
    const auto end = std::ranges::find(columns, kEndDay, &Column::kind);
    if (end == columns.end()) return;
    const bool before_start =
        row_.end_day && row_.key_day && *row_.end_day < *row_.key_day;  // refused
    const bool after_year = row_.end_day && *row_.end_day > year_end_ && !before_start;
    const bool open = row_.values[std::string(end->name)].empty() || after_year;
    if (!open) return;
    if (after_year) Aside(*end, "after the year end: the row is open");
    for (const auto& column : columns) {
      if (column.kind == kWithEnd && !row_.values[std::string(column.name)].empty()) {
        Aside(column, "the row is open: a reason for its end does not count");
      }
    }
  }

  // Rules 2 and 5, on what the columns say together.
  void JudgeDays() {
    if (!row_.key_day) return;
    const auto columns = ColumnsOf(row_.table);
    const auto key = std::ranges::find(columns, kKeyDay, &Column::kind);
    const auto end = std::ranges::find(columns, kEndDay, &Column::kind);
    if (row_.end_day && *row_.end_day < *row_.key_day) {
      Refuse(*end, "the end is before the start",
             row_.table == Table::kEpisodes ? "356" : end->rule);
    }
    if (*row_.key_day <= year_end_) return;
    if (row_.table == Table::kEpisodes) {
      Refuse(*key, "the episode starts after the year end", "354");
    } else if (row_.verdict == Verdict::kTake) {
      row_.verdict = Verdict::kSetAside;
      row_.reason = {std::string(key->name), "after_period", "after the return's period"};
    }
  }

 private:
  void Keep(const Column& column, std::string value) {
    row_.values[std::string(column.name)] = std::move(value);
  }

  // The first refusal stands.
  void Refuse(const Column& column, std::string message, std::string_view rule = {}) {
    if (row_.verdict == Verdict::kRefuse) return;
    if (rule.empty()) rule = column.rule.empty() ? "needed" : column.rule;
    row_.verdict = Verdict::kRefuse;
    row_.reason = {std::string(column.name), std::string(rule), std::move(message)};
  }

  void Aside(const Column& column, std::string message) {
    Keep(column, "");
    std::erase_if(row_.notes, [&](const Remark& note) { return note.field == column.name; });
    row_.fields_aside.push_back(
        {std::string(column.name), std::string(column.rule), std::move(message)});
  }

  void ReadBorn(const Column& column, const std::string& text) {
    row_.born = ReadDay(text);
    if (row_.table == Table::kHeader) {
      Keep(column, row_.born ? row_.born->Iso() : text);
      if (!row_.born)
        Refuse(column,
               text.empty() ? "the day of birth is missing" : "the day of birth cannot be read");
    } else if (!row_.born && !text.empty()) {
      row_.fields_aside.push_back(
          {std::string(column.name), "102", "the day of birth cannot be read"});
    }
  }

  void ReadEnd(const Column& column, const std::string& text) {
    row_.end_day = ReadDay(text);
    Keep(column, row_.end_day ? row_.end_day->Iso() : text);
    if (!row_.end_day && !text.empty()) Refuse(column, "the day cannot be read");
  }

  void ReadOptionalDay(const Column& column, const std::string& text) {
    const auto day = ReadDay(text);
    Keep(column, day ? day->Iso() : "");
    if (!day && !text.empty()) Aside(column, "the day cannot be read");
    if (day && column.kind == kMatchDay && *day > year_end_) Aside(column, "after the year end");
  }

  void ReadCode(const Column& column, const std::string& text) {
    const std::string code = CanonicalCode(column.name, text);
    Keep(column, code);
    if (code.empty() && column.kind != kRequiredCode) return;
    switch (StandingOf(column.name, code, year_end_.year())) {
      case Standing::kInForce:
        break;
      case Standing::kOtherYear:
        row_.notes.push_back(
            {std::string(column.name), std::string(column.rule), "a code of another year"});
        break;
      case Standing::kNone:
        if (column.kind == kRequiredCode) {
          pending_.push_back({&column, code.empty() ? "the code is missing" : "a code of no year"});
        } else {
          Aside(column, "a code of no year");
        }
    }
  }

 public:
  // Codes are judged last: a row's days come before them.
  void JudgeRequiredCodes() {
    for (const auto& [column, message] : pending_) Refuse(*column, message);
  }

 private:
  struct Pending {
    const Column* column;
    std::string message;
  };

  Row& row_;
  CivilDate year_end_;
  std::vector<Pending> pending_;
};

bool HasKeyDay(Table table) {
  const auto columns = ColumnsOf(table);
  return std::ranges::find(columns, kKeyDay, &Column::kind) != columns.end();
}

std::string OtherLines(const std::vector<Row>& rows, const std::vector<size_t>& group,
                       size_t self) {
  std::string lines;
  for (const size_t other : group) {
    if (other == self) continue;
    lines += (lines.empty() ? "" : ", ") + std::to_string(rows[other].line);
  }
  return lines;
}

void JudgeGroup(std::vector<Row>& rows, const std::vector<size_t>& group) {
  const Row& first = rows[group.front()];
  const bool same =
      std::ranges::all_of(group, [&](size_t i) { return rows[i].values == first.values; });
  for (const size_t i : group) {
    if (same) {
      if (i != group.front()) rows[i].repeats = group.front();
    } else {
      rows[i].verdict = Verdict::kRefuse;
      rows[i].reason = {"", "differing_rows",
                        "rows of one key differ: see line " + OtherLines(rows, group, i)};
      rows[i].content = KeyOnly(rows[i].table, rows[i].key_day);
    }
  }
}

}  // namespace

Row ReadRow(Table table, const std::vector<size_t>& columns, size_t file_columns,
            const csv::Row& raw, CivilDate year_end) {
  Row row;
  row.table = table;
  row.line = raw.line;
  row.cells = raw.cells;
  if (!MakesFacts(table)) {
    row.verdict = Verdict::kSetAside;
    row.reason = {"", "no_facts", "no facts of this table yet"};
    return row;
  }
  if (raw.cells.size() != file_columns) {
    row.verdict = Verdict::kRefuse;
    row.reason = {"", "cells",
                  "the line has " + std::to_string(raw.cells.size()) + " cells, the heading " +
                      std::to_string(file_columns)};
    return row;
  }
  RowReader reader(row, year_end);
  const auto definitions = ColumnsOf(table);
  for (size_t i = 0; i < definitions.size(); ++i)
    reader.Read(definitions[i], raw.cells[columns[i]]);
  reader.SettleEnd();
  reader.JudgeDays();
  reader.JudgeRequiredCodes();
  row.has_key = !row.local_id.empty() && (row.key_day || !HasKeyDay(table));
  row.content = row.verdict == Verdict::kRefuse ? KeyOnly(table, row.key_day)
                                                : ContentOf(table, row.values, row.local_id);
  return row;
}

void JudgeRowsOfOneKey(std::vector<Row>& rows) {
  std::map<std::pair<std::string, std::optional<CivilDate>>, std::vector<size_t>> groups;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].has_key) groups[{rows[i].local_id, rows[i].key_day}].push_back(i);
  }
  for (const auto& [key, group] : groups) {
    if (group.size() > 1) JudgeGroup(rows, group);
  }
}

}  // namespace holdfast::ssda903
