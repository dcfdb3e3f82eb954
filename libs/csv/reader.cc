#include "libs/csv/reader.h"

#include <csv.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace holdfast::csv {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

// Length of the UTF-8 sequence at the start of `text`, or 0 if there is none.
size_t SequenceLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 && lead < 0xF5   ? 4
                        : lead >= 0xE0 && lead < 0xF0 ? 3
                        : lead >= 0xC2 && lead < 0xE0 ? 2
                                                      : 0;
  if (length == 0 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  if (lead == 0xE0 && second < 0xA0) return 0;  // overlong
  if (lead == 0xED && second > 0x9F) return 0;  // surrogates
  if (lead == 0xF0 && second < 0x90) return 0;  // overlong
  if (lead == 0xF4 && second > 0x8F) return 0;  // beyond Unicode
  return length;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string FromLatin1(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8.push_back(c);
    } else {
      utf8.push_back(static_cast<char>(0xC0 | byte >> 6));
      utf8.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return utf8;
}

// What libcsv's callbacks fill.
struct Collector {
  File file;
  Row row;
  size_t row_line = 1;  // where the row now being read begins
  bool heading = true;  // the next row is the heading

  void Cell(std::string_view cell) {
    std::string text = Trim(cell);
    row.cells.push_back(IsUtf8(text) ? std::move(text) : FromLatin1(text));
  }
  void EndOfRow() {
    row.line = row_line;
    if (std::exchange(heading, false)) {
      file.heading = std::move(row.cells);
    } else {
      file.rows.push_back(std::move(row));
    }
    row = Row{};
  }
};

struct FreeParser {
  void operator()(csv_parser* parser) const {
    csv_free(parser);
    delete parser;
  }
};

void OnCell(void* bytes, size_t size, void* collector) {
  static_cast<Collector*>(collector)->Cell(bytes ? std::string_view(static_cast<char*>(bytes), size)
                                                 : "");
}

void OnRow(int, void* collector) { static_cast<Collector*>(collector)->EndOfRow(); }

// True while the last byte fed lies inside a quoted cell. libcsv keeps its state in the parser's
// public fields; 2 is its FIELD_BEGUN.
bool InsideQuotes(const csv_parser& parser) { return parser.quoted && parser.pstate == 2; }

}  // namespace

std::string Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

Result<File> Read(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());

  const std::unique_ptr<csv_parser, FreeParser> parser(new csv_parser{});
  if (csv_init(parser.get(), CSV_APPEND_NULL) != 0) {
    return Fail(StatusCode::kInternal, "BAD_CSV", "the CSV reader cannot start");
  }
  Collector collector;
  for (size_t line = 1; !bytes.empty(); ++line) {
    if (collector.row.cells.empty() && !InsideQuotes(*parser)) collector.row_line = line;
    const size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    if (csv_parse(parser.get(), bytes.data(), size, OnCell, OnRow, &collector) != size) {
      return Fail(StatusCode::kInvalidArgument, "BAD_CSV",
                  "line " + std::to_string(line) + " cannot be read", {.line = line});
    }
    bytes.remove_prefix(size);
  }
  if (InsideQuotes(*parser)) {
    return Fail(StatusCode::kInvalidArgument, "BAD_CSV",
                "a quote opened in the row at line " + std::to_string(collector.row_line) +
                    " is never closed",
                {.line = collector.row_line});
  }
  csv_fini(parser.get(), OnCell, OnRow, &collector);
  return std::move(collector.file);
}

}  // namespace holdfast::csv
