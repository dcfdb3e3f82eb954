#include "tools/holdfast/up_command.h"

#include "services/node/data_format.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/kafka_options.h"
#include "tools/holdfast/serve.h"

namespace holdfast::cli {
namespace {

struct UpOptions {
  ServeOptions serve;
  bool detach = false;
};

int RunUp(const UpOptions& options, const GlobalOptions& global) {
  if (auto embedded = RequireEmbedded(global, "up"); !embedded) {
    return ReportNothingDone(embedded.error(), global);
  }
  return options.detach ? ServeDetached(options.serve, global) : Serve(options.serve, global);
}

}  // namespace

void AddUpCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand(
      "up", "Serve the data folder; made first, as by init, where there is none");
  auto options = std::make_shared<UpOptions>();
  command
      ->add_option("--listen", options->serve.listen,
                   "HOST:PORT of this machine; port 0: any free one")
      ->capture_default_str();
  command
      ->add_option("--services", options->serve.services,
                   "Only these services, such as cases,audit")
      ->delimiter(',');
  command->add_flag("--detach", options->detach, "Return when it serves, and leave it running");
  command->add_option("--ready-file", options->serve.ready_file)->group("");
  command->footer(
      "Examples:\n"
      "  holdfast up --detach\n"
      "  holdfast --data ./data --keys ./keys up --listen 127.0.0.1:7443 --services cases,audit");
  RunsWhenChosen(*command, options, global, run, RunUp);
}

}  // namespace holdfast::cli
