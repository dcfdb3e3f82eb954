#include "tools/holdfast/init_command.h"

#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"

namespace holdfast::cli {
namespace {

std::string TextOf(const Json& made) {
  const std::string keys = made["keys"];
  return "Data (journals, sealed; back them up):   " + made["data"].get<std::string>() +
         "\nKeys (keep a copy apart from the data):  " + keys +
         "\nCertificates:                            " + keys + "/id/NAME/{cert,key}.pem, by " +
         keys + "/ca.pem\nStart Holdfast with:                     holdfast up --detach\n";
}

int RunInit(const DeploymentOptions& options, const GlobalOptions& global) {
  const auto made = MakeDeployment(options, global);
  if (!made) return ReportNothingDone(made.error(), global);
  return Answer(*made, TextOf(*made), global);
}

}  // namespace

void AddInitCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand("init", "Make the data folder, the keys and the certificates");
  auto options = std::make_shared<DeploymentOptions>();
  command->add_option("--clock", options->clock, "Where the day comes from; fixed from then on")
      ->check(CLI::IsMember({"system", "manual"}))
      ->capture_default_str();
  command->add_option("--day", options->day, "The day that a manual clock starts with");
  command
      ->add_option("--partitions", options->partitions, "Parts of each journal; fixed from then on")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  holdfast init\n"
      "  holdfast --data ./data --keys ./keys init --clock manual --day 2026-04-01");
  RunsWhenChosen(*command, options, global, run, RunInit);
}

}  // namespace holdfast::cli
