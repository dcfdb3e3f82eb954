#include "tools/holdfast/try_command.h"

#include <iostream>
#include <memory>
#include <set>

#include "libs/measures/count_child.h"
#include "services/cases/domain/render_case.h"
#include "tools/holdfast/case_json.h"
#include "tools/holdfast/json.h"
#include "tools/holdfast/return_options.h"
#include "tools/holdfast/text.h"
#include "tools/import/memory_record.h"

namespace holdfast::cli {
namespace {

struct TryOptions {
  std::string authority;
  std::vector<std::string> returns;
  std::string child;
  ReturnOptions reading;
};

// One argument: DIR:YEAR_END[:repair].
struct ReturnArgument {
  std::string folder;
  CivilDate year_end;
  bool repair = false;
};

Result<ReturnArgument> ParseReturn(std::string text) {
  const auto usage = [&] {
    return Fail(StatusCode::kInvalidArgument, "USAGE", "'" + text + "' is not DIR:YEAR_END or DIR:YEAR_END:repair, such as returns/2026:2026-03-31");
  };
  ReturnArgument argument;
  std::string rest = text;
  if (rest.ends_with(":repair")) {
    argument.repair = true;
    rest.resize(rest.size() - std::string(":repair").size());
  }
  const size_t colon = rest.rfind(':');
  if (colon == std::string::npos || colon == 0) return usage();
  const auto year_end = CivilDate::FromIso(rest.substr(colon + 1));
  if (!year_end) return usage();
  argument.folder = rest.substr(0, colon);
  argument.year_end = *year_end;
  return argument;
}

class Trial {
 public:
  explicit Trial(const TryOptions& options) : options_(options), record_(options.authority) {}

  Result<void> ImportNext(const std::string& text) {
    const auto argument = ParseReturn(text);
    if (!argument) return tl::unexpected(argument.error());
    if (auto checked = CheckYearEnd(argument->year_end); !checked) return checked;
    auto read = ReadReturnFolder(argument->folder, argument->year_end, argument->repair, options_.reading);
    if (!read) return tl::unexpected(read.error());
    returns_.push_back(std::make_unique<ssda903::Return>(std::move(*read)));
    const import::ImportOptions import_options{.authority = options_.authority,
                                               .run = RunId{HashId("run", {std::to_string(returns_.size())})},
                                               .run_number = returns_.size(),
                                               .dry_run = false,
                                               .whole = options_.reading.whole};
    auto report = import::Import(*returns_.back(), import_options, record_, {});
    if (!report) return tl::unexpected(report.error());
    year_ends_.insert(argument->year_end);
    reports_.push_back(std::move(*report));
    return {};
  }

  std::vector<Measure> National(CivilDate year_end) const {
    YearCounts counts;
    const YearCounting counting{.coverage = record_.coverage(),
                            .policies = ShippedPolicies(),
                            .view = {.known_at = year_end},
                            .year_end = year_end};
    for (const auto& [child, facts] : record_.children()) CountChild(child, facts, counting, counts);
    return MeasuresOf(counts, NationOfFigures(options_.authority));
  }

  // The child asked for, if one was and the returns hold it.
  std::optional<cases::v1::CaseView> Child() {
    const SubjectId id = record_.ChildOf(options_.child);
    const auto found = record_.children().find(id);
    if (found == record_.children().end() || !found->second.registered) return std::nullopt;
    return cases::RenderCase(id, found->second, record_.coverage(), View{});
  }

  const std::vector<import::Report>& reports() const { return reports_; }
  const std::set<CivilDate>& year_ends() const { return year_ends_; }
  const std::string& authority() const { return options_.authority; }

 private:
  const TryOptions& options_;
  import::MemoryRecord record_;
  std::vector<std::unique_ptr<ssda903::Return>> returns_;  // reports point into them
  std::vector<import::Report> reports_;
  std::set<CivilDate> year_ends_;
};

Json TrialJson(Trial& trial, const std::optional<cases::v1::CaseView>& child) {
  Json imports = Json::array();
  for (const auto& report : trial.reports()) imports.push_back(ImportJson(report));
  Json national = Json::array();
  for (const auto year_end : trial.year_ends()) {
    national.push_back(NationalJson(trial.authority(), year_end, year_end, Json::array(), trial.National(year_end)));
  }
  return {{"imports", std::move(imports)},
          {"national", std::move(national)},
          {"discrepancies", DiscrepanciesJson(trial.reports().back().open)},
          {"child", child ? CaseJson(*child) : Json(nullptr)}};
}

void PrintTrial(Trial& trial, const std::optional<cases::v1::CaseView>& child) {
  for (const auto& report : trial.reports()) std::cout << ImportText(report) << "\n";
  for (const auto year_end : trial.year_ends()) {
    std::cout << NationalText(trial.authority(), year_end, year_end, trial.National(year_end)) << "\n";
  }
  if (child) std::cout << CaseText(*child);
}

int RunTry(const TryOptions& options, const GlobalOptions& global) {
  Trial trial(options);
  for (const auto& text : options.returns) {
    if (auto imported = trial.ImportNext(text); !imported) return Report(imported.error(), global);
  }
  const auto child = trial.Child();
  if (global.json) {
    std::cout << Dump(TrialJson(trial, child)) << "\n";
  } else {
    PrintTrial(trial, child);
  }
  if (!options.child.empty() && !child) {
    std::cerr << "holdfast: these returns hold no child with the local id given\n";
    return kNotFound;
  }
  for (const auto& report : trial.reports()) {
    if (report.total.refused > 0) return kDoneWithFindings;
  }
  return kDone;
}

}  // namespace

void AddTryCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("try", "Import returns in memory: no server, nothing stored");
  group->require_subcommand(1);
  group->footer("Example:\n  holdfast try ssda903 --authority E06000901 returns/2026:2026-03-31");
  auto* command = group->add_subcommand("ssda903", "England's yearly return of looked-after children");
  auto options = std::make_shared<TryOptions>();
  command->add_option("returns", options->returns, "Folders of returns, in the order to import: DIR:YEAR_END[:repair]")->required();
  command->add_option("--authority", options->authority, "Code of the authority whose returns they are")->required();
  command->add_option("--child", options->child, "Show the case of the child with this local id");
  AddReturnOptions(*command, options->reading);
  command->footer(
      "Examples:\n"
      "  holdfast try ssda903 --authority E06000901 returns/2025:2025-03-31 returns/2026:2026-03-31\n"
      "  holdfast --json try ssda903 --authority E06000901 returns/2026:2026-03-31 --child NMR0158");
  command->callback([options, &global, &run] { run = [options, &global] { return RunTry(*options, global); }; });
}

}  // namespace holdfast::cli
