#include "tools/holdfast/national_csv.h"

#include "libs/csv/writer.h"

namespace holdfast::cli {
namespace {

std::string Cell(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// cases/0:12 cases/1:7
std::string PositionsText(const Json& positions) {
  std::string text;
  for (const auto& position : positions) {
    if (!text.empty()) text += " ";
    text += Cell(position["service"]) + "/" + Cell(position["partition"]) + ":" +
            Cell(position["event"]);
  }
  return text;
}

struct Row {
  std::string category;  // blank: the figure itself
  std::string value;
};

std::string LineOf(const Json& answer, const Json& measure, const Row& row) {
  return csv::Line({Cell(answer["authority"]), Cell(answer["year_ending"]),
                    Cell(answer["known_at"]), Cell(measure["id"]), row.category, row.value,
                    Cell(measure["numerator"]), Cell(measure["denominator"]),
                    Cell(measure["excluded"]), Cell(measure["unknown"]), Cell(measure["disputed"]),
                    Cell(measure["definition"]),
                    answer["disclosure_controlled"] == true ? "disclosure-controlled"
                                                            : "not disclosure-controlled",
                    PositionsText(answer["positions"])});
}

// The figures within `by`, whatever is within them named after it: route/adoption/ended.
void AddRows(const Json& by, const std::string& within, std::vector<Row>& rows) {
  for (const auto& [category, value] : by.items()) {
    if (value.is_object()) {
      AddRows(value, within + category + "/", rows);
    } else {
      rows.push_back({within + category, Cell(value)});
    }
  }
}

}  // namespace

std::string NationalCsv(const Json& answer) {
  std::string text = csv::Line({"authority", "year_ending", "known_at", "measure", "category",
                                "value", "numerator", "denominator", "excluded", "unknown",
                                "disputed", "definition", "disclosure", "positions"});
  for (const auto& measure : answer["measures"]) {
    std::vector<Row> rows{{"", Cell(measure["value"])}};
    AddRows(measure["by"], "", rows);
    for (const auto& row : rows) text += LineOf(answer, measure, row);
  }
  return text;
}

}  // namespace holdfast::cli
