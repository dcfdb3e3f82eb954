#include "tools/holdfast/status_command.h"

#include <algorithm>

#include "holdfast/node/v1/node_service.grpc.pb.h"
#include "libs/permanence/dates.h"
#include "services/node/run_file.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

using node::v1::NodeService;
using node::v1::ServiceStatus;

void AddInstances(const node::v1::ShowStatusResponse& status, Json& json) {
  if (status.instances().empty()) return;
  Json& instances = json["instances"] = Json::array();
  for (const auto& instance : status.instances()) {
    instances.push_back(
        {{"id", instance.id()}, {"pid", instance.pid()}, {"endpoint", instance.endpoint()}});
  }
  Json& partitions = json["partitions"] = Json::array();
  for (const auto& one : status.partitions()) {
    partitions.push_back({{"service", one.service()},
                          {"partition", one.partition()},
                          {"role", one.role()},
                          {"instance", one.instance()},
                          {"epoch", one.epoch()},
                          {"behind", one.has_behind() ? Json(one.behind()) : Json()}});
    if (!one.unreadable().empty()) partitions.back()["unreadable"] = one.unreadable();
  }
  json["warnings"] = status.warnings();
}

Json JsonOf(const node::v1::ShowStatusResponse& status, const RunFile& run, bool ok) {
  Json services = Json::array();
  for (const auto& service : status.services()) {
    services.push_back(
        {{"name", service.name()}, {"serving", service.serving()}, {"behind", service.behind()}});
  }
  Json json{{"ok", ok},
            {"services", std::move(services)},
            {"clock", {{"mode", status.clock()}, {"day", DayOf(status.day())->Iso()}}},
            {"endpoint", run.endpoint},
            {"pid", run.pid},
            {"version", status.version()}};
  AddInstances(status, json);
  return json;
}

std::string TextOf(const node::v1::ShowStatusResponse& status, const RunFile& run) {
  std::string text = "Holdfast " + status.version() + " on " + run.endpoint + " (process " +
                     std::to_string(run.pid) + "), " + status.clock() + " clock, " +
                     DayOf(status.day())->Iso() + "\n";
  for (const auto& service : status.services()) {
    text +=
        "  " + service.name() + std::string(12 - std::min<size_t>(service.name().size(), 11), ' ') +
        (service.serving() ? "serving" : "NOT SERVING: see logs/holdfast.log in the data folder");
    if (service.behind() > 0) text += ", " + std::to_string(service.behind()) + " records behind";
    text += "\n";
  }
  for (const auto& instance : status.instances()) {
    const auto owns = std::ranges::count_if(status.partitions(), [&](const auto& one) {
      return one.role() == "owner" && one.instance() == instance.id();
    });
    text += "  instance " + instance.id() + " on " + instance.endpoint() + " (process " +
            std::to_string(instance.pid()) + ") owns " + std::to_string(owns) + " partitions\n";
  }
  for (const auto& one : status.partitions()) {
    if (one.unreadable().empty()) continue;
    text += "  " + one.service() + "/" + std::to_string(one.partition()) + " at " + one.instance() +
            " CANNOT READ ITS JOURNALS, tries again: " + one.unreadable() + "\n";
  }
  for (const auto& warning : status.warnings()) text += "  warning: " + warning + "\n";
  return text;
}

int RunStatus(const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  const auto status =
      (*client)->Call(&NodeService::Stub::ShowStatus, node::v1::ShowStatusRequest());
  if (!status) return Report(status.error(), global);
  const auto run =
      global.server.empty() ? FindServer(global.data) : RunFile{.endpoint = global.server};
  if (!run) return Report(run.error(), global);
  const bool ok = std::ranges::all_of(status->services(), &ServiceStatus::serving);
  return Answer(JsonOf(*status, *run, ok), TextOf(*status, *run), global,
                ok ? kDone : kDoneWithFindings);
}

}  // namespace

void AddStatusCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command = app.add_subcommand(
      "status", "Whether the services serve, and how far behind their journals they are");
  command->footer(
      "Examples:\n"
      "  holdfast status\n"
      "  holdfast --json status");
  RunsWhenChosen(*command, global, run, RunStatus);
}

}  // namespace holdfast::cli
