#include "tools/holdfast/aim_command.h"

#include <fmt/format.h>

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

namespace v1 = alerting::v1;

struct AimOptions {
  std::string clock;
  std::string authority;
};

Json JsonOf(const v1::AimChild& child) {
  return {{"child", Hex(child.child())},  {"since", IsoOf(child.since())},
          {"days", child.days()},         {"due", DayJson(child.has_due(), child.due())},
          {"local_id", child.local_id()}, {"worker", child.worker()}};
}

int RunList(const AimOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kWorker, .authority = options.authority});
  if (!client) return Report(client.error(), global);
  v1::ListAimRequest request;
  request.set_authority((*client)->authority());
  request.set_clock(options.clock);
  const auto answer = (*client)->Call(&v1::AlertingService::Stub::ListAim, request);
  if (!answer) return Report(answer.error(), global);
  Json children = Json::array();
  std::string text;
  for (const auto& child : answer->children()) {
    children.push_back(JsonOf(child));
    text += fmt::format("{:<16} since {}  {:>5} days  due {:<10}  {}\n", child.local_id(),
                        IsoOf(child.since()), child.days(), IsoOf(child.due()), child.worker());
  }
  if (text.empty()) text = "No child is in scope of " + options.clock + "\n";
  return Answer(
      {{"clock", options.clock}, {"day", IsoOf(answer->day())}, {"children", std::move(children)}},
      text, global);
}

}  // namespace

void AddAimCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* group = app.add_subcommand("aim", "The children in scope of an aim or a rule");
  group->require_subcommand(1);
  group->footer("Example:\n  holdfast aim list pace-aim-1 --authority E06000901");
  auto options = std::make_shared<AimOptions>();
  auto* list =
      group->add_subcommand("list", "The children whom a clock runs for, the longest first");
  list->add_option("clock", options->clock, "Id of the clock, as `policy list` shows it")
      ->required();
  list->add_option("--authority", options->authority,
                   "Code of the authority, where KEYS has several");
  list->footer("Example:\n  holdfast --json aim list pace-aim-1 --authority E06000901");
  RunsWhenChosen(*list, options, global, run, RunList);
}

}  // namespace holdfast::cli
