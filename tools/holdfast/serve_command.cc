#include "tools/holdfast/serve_command.h"

#include "tools/holdfast/command.h"
#include "tools/holdfast/kafka_options.h"
#include "tools/holdfast/serve.h"

namespace holdfast::cli {
namespace {

struct ServeCommandOptions {
  ServeOptions serve;
  std::string advertise;
  int session_seconds = 10;
  bool detach = false;
};

int RunServe(const ServeCommandOptions& options, const GlobalOptions& global) {
  const auto kafka = KafkaSettingsOf(global);
  if (!kafka) return ReportNothingDone(kafka.error(), global);
  ServeOptions serve = options.serve;
  std::erase(serve.services, "all");
  if (*kafka) {
    serve.cluster = ClusterOptions{.kafka = **kafka,
                                   .session = std::chrono::seconds(options.session_seconds),
                                   .advertise = options.advertise};
  }
  return options.detach ? ServeDetached(serve, global) : Serve(serve, global);
}

}  // namespace

void AddServeCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand(
      "serve",
      "Serve as one of several instances that share the journals on Kafka. Each has a data folder "
      "of its own, made where there is none, and the same keys");
  auto options = std::make_shared<ServeCommandOptions>();
  command
      ->add_option("services", options->serve.services,
                   "all, or some: audit,cases,proceedings,contact,alerting,national,relay")
      ->required()
      ->delimiter(',');
  command
      ->add_option("--listen", options->serve.listen,
                   "HOST:PORT of this machine; port 0: any free one")
      ->capture_default_str();
  command->add_option("--advertise", options->advertise,
                      "HOST:PORT where the other instances reach it; without it, where it listens");
  command
      ->add_option("--session-timeout", options->session_seconds,
                   "Seconds of silence after which its partitions go to others")
      ->check(CLI::Range(6, 300))
      ->capture_default_str();
  command->add_flag("--detach", options->detach, "Return when it serves, and leave it running");
  command->add_option("--ready-file", options->serve.ready_file)->group("");
  command->footer(
      "Make the topics first: see 'holdfast topics apply --help'.\n"
      "Examples:\n"
      "  holdfast --data ./north --log kafka:127.0.0.1:19092 serve all --detach\n"
      "  holdfast --data ./south --log kafka:127.0.0.1:19092 serve cases,audit --detach");
  RunsWhenChosen(*command, options, global, run, RunServe);
}

}  // namespace holdfast::cli
