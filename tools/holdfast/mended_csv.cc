#include "tools/holdfast/mended_csv.h"

#include <algorithm>
#include <string>

namespace holdfast::cli {
namespace {

// A row of several lines: a quote may have swallowed others.
bool IsOfSeveralLines(const csv::Row& row) {
  return std::ranges::any_of(
      row.cells, [](const std::string& cell) { return cell.find('\n') != std::string::npos; });
}

// True if `row` is quoted as RFC 4180 says: a quote that closes is followed by a comma or the end.
// Where a row goes over several lines, the reader's leniency could join it with others.
bool IsQuotedStrictly(std::string_view row) {
  constexpr std::string_view kSpace = " \t\r\n";
  for (size_t at = 0; at < row.size(); ++at) {
    at = std::min(row.find_first_not_of(" \t", at), row.size());
    if (at < row.size() && row[at] == '"') {
      for (++at; at < row.size(); ++at) {
        if (row[at] != '"') continue;
        if (at + 1 == row.size() || row[at + 1] != '"') break;
        ++at;
      }
      if (at == row.size()) return false;
      at = std::min(row.find_first_not_of(kSpace, at + 1), row.size());
      if (at < row.size() && row[at] != ',') return false;
    } else {
      const size_t end = std::min(row.find(',', at), row.size());
      if (row.substr(at, end - at).find('"') != std::string_view::npos) return false;
      at = end;
    }
  }
  return true;
}

// With their line ends.
std::vector<std::string_view> LinesOf(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    lines.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return lines;
}

bool HasOddQuotes(std::string_view line) { return std::ranges::count(line, '"') % 2 != 0; }

// Reads line by line.
class Mender {
 public:
  explicit Mender(std::string_view bytes) : lines_(LinesOf(bytes)) {}

  Result<MendedCsv> Read() {
    size_t line = 0;
    while (line < lines_.size() && csv::Trim(lines_[line]).empty()) kept_ += lines_[line++];
    if (line == lines_.size()) return MendedCsv{};
    const auto heading = csv::Read(lines_[line]);
    if (!heading) return tl::unexpected(heading.error());
    width_ = heading->heading.size();
    kept_ += lines_[line++];
    while (line < lines_.size()) line = Take(line);
    auto file = csv::Read(kept_);
    if (!file) return tl::unexpected(file.error());
    return MendedCsv{std::move(*file), std::move(broken_)};
  }

 private:
  // The row that begins on `line`; gives the line after it.
  size_t Take(size_t line) {
    const size_t end = EndOf(line);
    if (end > line) {
      for (; line < end; ++line) kept_ += lines_[line];
      return end;
    }
    broken_.push_back(line + 1);
    kept_ += "\n";
    return line + 1;
  }

  // The line after the row that begins on `line`; `line` itself: it is broken.
  size_t EndOf(size_t line) const {
    if (lines_[line].find('"') == std::string_view::npos || csv::Read(lines_[line]))
      return line + 1;
    size_t last = line + 1;
    while (last < lines_.size() && !HasOddQuotes(lines_[last])) ++last;
    if (last == lines_.size()) return line;
    std::string row;
    for (size_t i = line; i <= last; ++i) row += lines_[i];
    const auto read = csv::Read(row);
    const bool is_one =
        IsQuotedStrictly(row) && read && read->rows.empty() && read->heading.size() == width_;
    return is_one ? last + 1 : line;
  }

  const std::vector<std::string_view> lines_;
  size_t width_ = 0;
  std::string kept_;
  std::vector<uint64_t> broken_;
};

}  // namespace

Result<MendedCsv> ReadMendedCsv(std::string_view bytes) {
  auto file = csv::Read(bytes);
  if (file && std::ranges::none_of(file->rows, IsOfSeveralLines))
    return MendedCsv{std::move(*file), {}};
  return Mender(bytes).Read();
}

}  // namespace holdfast::cli
