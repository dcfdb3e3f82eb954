#include "tools/holdfast/return_options.h"

namespace holdfast::cli {

void AddReturnOptions(CLI::App& command, ReturnOptions& options) {
  command
      .add_option("--table", options.tables,
                  "Choose the file of a table where a folder has several: Episodes=FILE")
      ->allow_extra_args(false);
  command
      .add_option("--ignore", options.ignored,
                  "Leave out files whose name matches this pattern, such as '*_errors.csv'")
      ->allow_extra_args(false);
  command.add_flag("--whole", options.whole,
                   "The re-submission is whole, even if more than half of a table is gone");
  command.add_flag("--year-is-right", options.year_is_right,
                   "Import although the episodes do not seem to fit the year end");
}

Result<void> CheckYearEnd(CivilDate year_end) {
  if (year_end.month() == 3 && year_end.day() == 31) return {};
  return Fail(StatusCode::kInvalidArgument, "USAGE",
              "a return's year ends on 31 March, not on " + year_end.Iso(), {.field = "--year-ending"});
}

Result<ssda903::Return> ReadReturnFolder(const std::string& folder, CivilDate year_end, bool repair,
                                         const ReturnOptions& options) {
  ssda903::ReadOptions reading{.repair = repair,
                               .year_is_right = options.year_is_right,
                               .chosen = {},
                               .ignored = options.ignored};
  for (const auto& choice : options.tables) {
    const size_t equals = choice.find('=');
    const auto table = ssda903::TableNamed(choice.substr(0, equals));
    if (equals == std::string::npos || !table) {
      return Fail(
          StatusCode::kInvalidArgument, "USAGE",
          "--table " + choice +
              " is not TABLE=FILE with a table of the return, such as Episodes=episodes.csv");
    }
    reading.chosen[*table] = choice.substr(equals + 1);
  }
  auto files = ssda903::ReadFolder(folder);
  if (!files) return tl::unexpected(files.error());
  return ssda903::ReadReturn(std::move(*files), year_end, reading);
}

}  // namespace holdfast::cli
