#include "tools/holdfast/doctor_command.h"

#include <algorithm>

#include "libs/crypto/hardening.h"
#include "services/node/run_file.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/deployment.h"
#include "tools/holdfast/doctor_checks.h"
#include "tools/holdfast/kafka_options.h"

namespace holdfast::cli {
namespace {

Check CheckServer(const GlobalOptions& global) {
  const auto server = FindServer(global.data);
  return {"server", true,
          server ? "serves on " + server->endpoint
                 : "none serves now; start one with: holdfast up --detach"};
}

int RunDoctor(const GlobalOptions& global) {
  HardenProcess();
  const KeysPaths paths = PathsOf(global);
  const Instant now = SystemClock().Now();
  const auto kafka = KafkaSettingsOf(global);
  if (!kafka) return ReportNothingDone(kafka.error(), global);
  std::vector<Check> checks = {CheckVersions(),
                               CheckData(paths),
                               CheckDisk(paths),
                               CheckClock(paths, now),
                               CheckCertificates(paths, now),
                               CheckKeyPermissions(paths),
                               CheckOptions(paths),
                               CheckServer(global)};
  if (*kafka) checks.push_back(CheckKafka(paths, **kafka));
  const bool ok = std::ranges::all_of(checks, &Check::ok);
  Json list = Json::array();
  std::string text;
  for (const auto& check : checks) {
    list.push_back({{"name", check.name}, {"ok", check.ok}, {"message", check.message}});
    text += (check.ok ? "ok    " : "FAULT ") + check.name + ": " + check.message + "\n";
  }
  return Answer({{"ok", ok}, {"checks", std::move(list)}}, text, global,
                ok ? kDone : kDoneWithFindings);
}

}  // namespace

void AddDoctorCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand("doctor", "What could keep Holdfast from working well here");
  command->footer(
      "Examples:\n"
      "  holdfast doctor\n"
      "  holdfast --json doctor");
  RunsWhenChosen(*command, global, run, RunDoctor);
}

}  // namespace holdfast::cli
