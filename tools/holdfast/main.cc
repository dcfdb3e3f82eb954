// The holdfast command line.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "tools/holdfast/aim_command.h"
#include "tools/holdfast/alerts_command.h"
#include "tools/holdfast/authority_command.h"
#include "tools/holdfast/case_command.h"
#include "tools/holdfast/case_reads.h"
#include "tools/holdfast/clock_command.h"
#include "tools/holdfast/completion_command.h"
#include "tools/holdfast/contact_command.h"
#include "tools/holdfast/discrepancies_command.h"
#include "tools/holdfast/doctor_command.h"
#include "tools/holdfast/down_command.h"
#include "tools/holdfast/erase_command.h"
#include "tools/holdfast/feed_command.h"
#include "tools/holdfast/import_command.h"
#include "tools/holdfast/init_command.h"
#include "tools/holdfast/journal_command.h"
#include "tools/holdfast/json.h"
#include "tools/holdfast/meeting_command.h"
#include "tools/holdfast/national_command.h"
#include "tools/holdfast/options.h"
#include "tools/holdfast/policy_command.h"
#include "tools/holdfast/rebuild_command.h"
#include "tools/holdfast/serve_command.h"
#include "tools/holdfast/siblings_command.h"
#include "tools/holdfast/source_command.h"
#include "tools/holdfast/status_command.h"
#include "tools/holdfast/stream_command.h"
#include "tools/holdfast/subscriber_command.h"
#include "tools/holdfast/topics_command.h"
#include "tools/holdfast/try_command.h"
#include "tools/holdfast/up_command.h"

namespace holdfast::cli {
namespace {

std::string Home() {
  const char* home = std::getenv("HOME");
  return home ? home : "";
}

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  options.data = Home() + "/.local/share/holdfast";
  options.keys = Home() + "/.config/holdfast";
  app.add_option("--data", options.data, "Folder of journals and state")
      ->envname("HOLDFAST_DATA")
      ->capture_default_str();
  app.add_option("--keys", options.keys, "Folder of keys and certificates")
      ->envname("HOLDFAST_KEYS")
      ->capture_default_str();
  app.add_option("--as", options.as, "Identity to act as: ROLE or ROLE@AUTHORITY")
      ->envname("HOLDFAST_AS");
  app.add_option("--log", options.log, "Where the journals are: embedded, or kafka:HOST:PORT,..")
      ->envname("HOLDFAST_LOG")
      ->capture_default_str();
  app.add_option("--kafka-config", options.kafka_config,
                 "File of librdkafka properties (TLS, SASL), a line each: name=value");
  app.add_option("--topic-prefix", options.topic_prefix,
                 "How Kafka's topics of this deployment begin")
      ->capture_default_str();
  app.add_option("--server", options.server,
                 "HOST:PORT of any instance, instead of the one that serves the data folder")
      ->envname("HOLDFAST_SERVER");
  app.add_flag("--json", options.json, "Answer with one JSON object");
}

// The options of the command that was chosen and of those above it, with what they were given.
std::vector<ChosenOption> ChosenIn(const CLI::App& app) {
  std::vector<ChosenOption> chosen;
  for (const CLI::App* command = &app; command != nullptr;) {
    for (const auto* option : command->get_options())
      chosen.push_back({option->get_name(), option->results()});
    const auto next = command->get_subcommands();
    command = next.empty() ? nullptr : next.front();
  }
  return chosen;
}

// A word where a command should stand says more than that one is missing.
std::string MessageOf(const CLI::ParseError& error, const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const auto words = app.remaining(true);
  if (error.get_name() != "RequiredError" || words.empty() || words.front().starts_with("-") ||
      command->get_require_subcommand_min() == 0)
    return error.what();
  const std::string parent = command == &app ? "" : " " + command->get_name();
  return "'" + words.front() + "' is not a command of holdfast" + parent;
}

int Main(int argc, char** argv) {
  CLI::App app(
      "Holdfast: each child's path to a permanent home, the deadlines that follow, and figures to "
      "trust",
      "holdfast");
  GlobalOptions options;
  std::function<int()> run;
  AddGlobalOptions(app, options);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Examples:\n"
      "  holdfast up --detach\n"
      "  holdfast authority add E06000901 --name Northmere\n"
      "  holdfast import ssda903 returns/2026 --authority E06000901 --year-ending 2026-03-31\n"
      "  holdfast alerts list --authority E06000901");
  app.set_version_flag("--version", "holdfast 0.1.0");
  AddInitCommand(app, options, run);
  AddUpCommand(app, options, run);
  AddServeCommand(app, options, run);
  AddDownCommand(app, options, run);
  AddStatusCommand(app, options, run);
  AddDoctorCommand(app, options, run);
  AddTopicsCommand(app, options, run);
  AddClockCommand(app, options, run);
  AddAuthorityCommand(app, options, run);
  AddSourceCommand(app, options, run);
  AddCaseCommand(app, options, run);
  AddEraseCommand(app, options, run);
  AddContactCommand(app, options, run);
  AddMeetingCommand(app, options, run);
  AddSiblingsCommand(app, options, run);
  AddFeedCommand(app, options, run);
  AddImportCommand(app, options, run);
  AddAlertsCommand(app, options, run);
  AddStreamCommand(app, options, run);
  AddSubscriberCommand(app, options, run);
  AddAimCommand(app, options, run);
  AddDiscrepanciesCommand(app, options, run);
  AddAuditCommand(app, options, run);
  AddNationalCommand(app, options, run);
  AddPolicyCommand(app, options, run);
  AddTryCommand(app, options, run);
  AddJournalCommand(app, options, run);
  AddRebuildCommand(app, options, run);
  AddCompletionCommand(app, options, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const Status usage{StatusCode::kInvalidArgument, "USAGE", MessageOf(error, app)};
    if (usage.message == error.what() || error.get_exit_code() == 0) {
      if (app.exit(error) == 0) return kDone;
    } else {
      std::cerr << usage.message << "\nRun with --help for more information.\n";
    }
    if (options.json) std::cout << Dump(ErrorJson(WithOptionAtFault(usage, ChosenIn(app)))) << "\n";
    return kNothingDone;
  }
  options.chosen = ChosenIn(app);
  return run();
}

}  // namespace
}  // namespace holdfast::cli

int main(int argc, char** argv) { return holdfast::cli::Main(argc, argv); }
