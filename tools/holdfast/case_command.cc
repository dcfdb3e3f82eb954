#include "tools/holdfast/case_command.h"

#include "tools/holdfast/case_assign.h"
#include "tools/holdfast/case_calendar.h"
#include "tools/holdfast/case_facts.h"
#include "tools/holdfast/case_load.h"
#include "tools/holdfast/case_reads.h"

namespace holdfast::cli {

void AddCaseCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand(
      "case", "A child's record: state facts by hand, correct them, look at them");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  holdfast case show --local-id NMR0158 --authority E06000901\n"
      "  holdfast case record review --child 8d3e... --on 2026-04-28 --code PN1");
  AddCaseFactCommands(*group, global, run);
  AddCaseLoadCommand(*group, global, run);
  AddCaseAssignCommand(*group, global, run);
  AddCaseReadCommands(*group, global, run);
  AddCaseCalendar(*group, global, run);
}

}  // namespace holdfast::cli
