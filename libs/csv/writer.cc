#include "libs/csv/writer.h"

#include <algorithm>

namespace holdfast::csv {
namespace {

bool IsNumber(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  return !cell.empty() && cell.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool IsFormula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos &&
         !IsNumber(cell);
}

std::string Quoted(std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text.push_back('"');
    text.push_back(c);
  }
  text.push_back('"');
  return text;
}

}  // namespace

std::string ExactLine(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) line.push_back(',');
    line += Quoted(cell);
  }
  return line + "\r\n";
}

std::string Line(const std::vector<std::string>& cells) {
  std::vector<std::string> safe = cells;
  for (auto& cell : safe) {
    if (IsFormula(cell)) cell.insert(cell.begin(), '\'');
  }
  return ExactLine(safe);
}

}  // namespace holdfast::csv
