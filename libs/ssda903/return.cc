#include "libs/ssda903/return.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "libs/base/ids.h"
#include "libs/permanence/coverage.h"

namespace holdfast::ssda903 {
namespace {

constexpr std::string_view kNoTable = "its columns are those of no table of the return";

bool IsCsvName(const std::string& name) {
  return name.size() >= 4 && fnmatch("*.[cC][sS][vV]", name.c_str(), 0) == 0;
}

std::string FirstLine(const std::string& bytes) { return bytes.substr(0, bytes.find('\n')); }

// A file that is a table, parsed but not yet read.
struct Parsed {
  csv::File file;
  Table table;
};

// Which of a folder's files are read, as which table.
class Sorter {
 public:
  explicit Sorter(const ReadOptions& options) : options_(options) {}

  Result<void> Add(const SourceFile& file, FileReport& report) {
    if (const auto why = SetAsideUnread(file)) {
      report.set_aside = *why;
      return {};
    }
    const auto parsed = csv::Read(file.bytes);
    const auto heading = parsed ? parsed->heading : HeadingOf(file.bytes);
    const auto table = Recognise(heading);
    if (!table) {
      report.set_aside = kNoTable;
      return {};
    }
    if (const auto chosen = options_.chosen.find(*table);
        chosen != options_.chosen.end() && chosen->second != file.name) {
      report.set_aside = "another file was chosen for " + std::string(Name(*table));
      return {};
    }
    if (!parsed) {
      return Fail(parsed.error().code, parsed.error().reason,
                  file.name + ": " + parsed.error().message,
                  {.file = file.name, .line = parsed.error().where.line, .rule = "1"});
    }
    report.table = table;
    report.rows = parsed->rows.size();
    return Take(file.name, Parsed{*parsed, *table});
  }

  // After all files were added: each chosen file was found and is the table it was chosen for.
  Result<void> Check() const {
    for (const auto& [table, name] : options_.chosen) {
      if (const auto taken = taken_.find(table);
          taken != taken_.end() && taken->second.first == name)
        continue;
      return Fail(
          StatusCode::kInvalidArgument, "NO_SUCH_FILE",
          "the folder has no file " + name + " with the columns of " + std::string(Name(table)),
          {.file = name, .rule = "1"});
    }
    if (taken_.empty()) {
      return Fail(StatusCode::kInvalidArgument, "NO_TABLE",
                  "no file of the folder is a table of the return", {.rule = "1"});
    }
    return {};
  }

  const std::map<Table, std::pair<std::string, Parsed>>& taken() const { return taken_; }

 private:
  std::optional<std::string> SetAsideUnread(const SourceFile& file) const {
    for (const auto& pattern : options_.ignored) {
      if (fnmatch(pattern.c_str(), file.name.c_str(), 0) == 0) return "ignored, as asked";
    }
    if (!IsCsvName(file.name)) return "not a .csv file: another form of a return is never mixed in";
    return std::nullopt;
  }

  static std::vector<std::string> HeadingOf(const std::string& bytes) {
    const auto first = csv::Read(FirstLine(bytes));
    return first ? first->heading : std::vector<std::string>{};
  }

  Result<void> Take(const std::string& name, Parsed parsed) {
    const Table table = parsed.table;
    const auto [found, added] = taken_.try_emplace(table, name, std::move(parsed));
    if (added) return {};
    return Fail(StatusCode::kInvalidArgument, "TWO_FILES",
                "two files are the table " + std::string(Name(table)) + ": " + found->second.first +
                    " and " + name + ". Choose one with --table " + std::string(Name(table)) +
                    "=FILE or leave one out with --ignore",
                {.file = name, .rule = "1"});
  }

  const ReadOptions& options_;
  std::map<Table, std::pair<std::string, Parsed>> taken_;
};

std::string UpperCase(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

TableRows ReadRows(const std::string& name, const Parsed& parsed, CivilDate year_end) {
  std::vector<size_t> columns;
  for (const auto& column : ColumnsOf(parsed.table)) {
    const auto& heading = parsed.file.heading;
    columns.push_back(static_cast<size_t>(
        std::ranges::find_if(
            heading, [&](const std::string& cell) { return UpperCase(cell) == column.name; }) -
        heading.begin()));
  }
  TableRows read{.heading = parsed.file.heading, .rows = {}};
  read.rows.reserve(parsed.file.rows.size());
  for (const auto& raw : parsed.file.rows) {
    read.rows.push_back(ReadRow(parsed.table, columns, parsed.file.heading.size(), raw, year_end));
    read.rows.back().file = name;
  }
  JudgeRowsOfOneKey(read.rows);
  return read;
}

// Rule 1: over a tenth of the episodes start after the year end, or none is open or ends within the
// year.
Result<void> CheckYear(const Return& read) {
  const auto episodes = read.tables.find(Table::kEpisodes);
  if (episodes == read.tables.end()) return {};
  size_t readable = 0;
  size_t after = 0;
  size_t within = 0;
  for (const auto& row : episodes->second.rows) {
    if (!row.key_day) continue;
    ++readable;
    const auto dec = row.values.find("DEC");
    const bool open = dec == row.values.end() || dec->second.empty();
    if (*row.key_day > read.year_end) ++after;
    if (open || (row.end_day && *row.end_day >= YearStart(read.year_end)))
      ++within;  // after the year: open
  }
  if (readable == 0 || (after * 10 <= readable && within > 0)) return {};
  return Fail(StatusCode::kInvalidArgument, "WRONG_YEAR",
              std::to_string(after) + " of " + std::to_string(readable) + " episodes start after " +
                  read.year_end.Iso() + " and " + std::to_string(within) +
                  " are open or end within the year: the year is probably wrong. If it is right, "
                  "say --year-is-right",
              {.file = episodes->second.rows.front().file, .field = "DECOM", .rule = "1"});
}

}  // namespace

Result<std::vector<SourceFile>> ReadFolder(const std::string& folder) {
  std::vector<SourceFile> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream) {
      if (entry.file_size(error) != 0) {
        return Fail(StatusCode::kNotFound, "CANNOT_READ", "cannot read " + entry.path().string(),
                    {.file = entry.path().filename().string()});
      }
    }
    files.push_back({entry.path().filename().string(), bytes.str()});
  }
  if (error)
    return Fail(StatusCode::kNotFound, "CANNOT_READ",
                "cannot read the folder " + folder + ": " + error.message(), {.file = folder});
  std::ranges::sort(files, {}, &SourceFile::name);
  return files;
}

Result<Return> ReadReturn(std::vector<SourceFile> files, CivilDate year_end,
                          const ReadOptions& options) {
  std::ranges::sort(files, {}, &SourceFile::name);
  Return read{.year_end = year_end, .repair = options.repair, .files = {}, .tables = {}};
  Sorter sorter(options);
  for (const auto& file : files) {
    const auto sum = Sha256(file.bytes);
    FileReport report{.name = file.name,
                      .sha256 = Hex({reinterpret_cast<const char*>(sum.data()), sum.size()}),
                      .table = {},
                      .set_aside = {}};
    if (auto added = sorter.Add(file, report); !added) return tl::unexpected(added.error());
    read.files.push_back(std::move(report));
  }
  if (auto checked = sorter.Check(); !checked) return tl::unexpected(checked.error());
  for (const auto& [table, file] : sorter.taken()) {
    read.tables.emplace(table, ReadRows(file.first, file.second, year_end));
  }
  if (!options.repair && !options.year_is_right) {
    if (auto fits = CheckYear(read); !fits) return tl::unexpected(fits.error());
  }
  return read;
}

}  // namespace holdfast::ssda903
