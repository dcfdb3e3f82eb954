#include "tools/holdfast/erase_command.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "libs/base/time_text.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"
#include "tools/holdfast/fact_options.h"

namespace holdfast::cli {
namespace {

using Stub = cases::v1::CasesService::Stub;

struct EraseOptions {
  std::string authority;
  std::string command_id;
  std::string child;
  std::string reason;
  std::string approver;
};

std::string AtText(const cases::v1::ErasureStepView& step) {
  return TimeText(Instant(std::chrono::microseconds(step.at())));
}

Json CertificateJson(const cases::v1::EraseChildResponse& answer) {
  Json steps = Json::array();
  for (const auto& step : answer.steps())
    steps.push_back({{"what", step.what()}, {"at", AtText(step)}, {"instance", step.instance()}});
  Json beyond = Json::array();
  for (const auto& what : answer.out_of_reach()) beyond.push_back(what);
  return {{"child", Hex(answer.child())},
          {"steps", std::move(steps)},
          {"complete", answer.complete()},
          {"out_of_reach", std::move(beyond)},
          {"positions", PositionsJson(answer.positions())}};
}

std::string CertificateText(const cases::v1::EraseChildResponse& answer) {
  std::string text = "Erasure of child " + Hex(answer.child()) + "\n";
  for (const auto& step : answer.steps())
    text += "  " + AtText(step) + "  " + step.what() + " (" + step.instance() + ")\n";
  text += answer.complete()
              ? "Complete.\n"
              : "Not yet complete: it goes on by itself; the same command shows how far it is.\n";
  text += "Out of reach:\n";
  for (const auto& what : answer.out_of_reach()) text += "  " + what + "\n";
  return text;
}

int RunErase(const EraseOptions& options, const GlobalOptions& global) {
  const auto child = ReadId("a child", options.child);
  if (!child) return Report(child.error(), global);
  auto client = Client::Open(global, {.role = Role::kOperator, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  auto header = (*client)->HeaderWithId(options.command_id);
  if (!header) return Report(header.error(), global);
  header->set_authority((*client)->authority());
  cases::v1::EraseChildRequest request;
  *request.mutable_header() = *header;
  request.mutable_child()->set_child(*child);
  request.set_reason(options.reason);
  request.set_approver(options.approver);
  const auto answer = (*client)->Call(&Stub::EraseChild, request);
  if (!answer) return Report(answer.error(), global);
  return Answer(CertificateJson(*answer), CertificateText(*answer), global);
}

}  // namespace

void AddEraseCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand(
      "erase", "Erase a child's record: names, local id, day of birth and words, for ever");
  auto options = std::make_shared<EraseOptions>();
  command->add_option("--child", options->child, "Id of the child")->required();
  command->add_option("--reason", options->reason, "Why, kept sealed")->required();
  command
      ->add_option("--approve", options->approver,
                   "Who else has approved it: not whoever gives the command")
      ->required();
  command->add_option("--authority", options->authority,
                      "Code of the authority, to act as its data team with --as");
  command->add_option("--command-id", options->command_id,
                      "A UUIDv7: the same command sent again is done once");
  command->footer(
      "The child's ids, days and codes stay, and with them the national figures. What the child's "
      "keys\n"
      "sealed cannot be read again by anybody here, items of courts and reporters included. It "
      "cannot\n"
      "be taken back. The answer is the certificate: each step, and whether every instance has\n"
      "confirmed it. The same command again goes on where it stopped, and shows the same "
      "certificate.\n"
      "Copies of the keys folder, backups and what subscribers keep are out of reach.\n"
      "Example:\n"
      "  holdfast erase --child 8d3e... --reason 'recorded of the wrong person' --approve j.reid");
  RunsWhenChosen(*command, options, global, run, RunErase);
}

}  // namespace holdfast::cli
