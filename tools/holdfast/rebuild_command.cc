#include "tools/holdfast/rebuild_command.h"

#include <algorithm>
#include <thread>

#include "holdfast/node/v1/node_service.grpc.pb.h"
#include "tools/holdfast/client.h"
#include "tools/holdfast/command.h"

namespace holdfast::cli {
namespace {

using node::v1::NodeService;
using node::v1::ReadModelStatus;

constexpr std::chrono::milliseconds kLookAgain{200};
constexpr std::chrono::seconds kSayAgain{5};

struct RebuildOptions {
  std::string model;
  bool no_wait = false;
};

Json JsonOf(const ReadModelStatus& model) {
  Json json = {{"model", model.name()},
               {"version", model.version()},
               {"behind", model.behind()},
               {"swapped", model.swapped()}};
  if (!model.failure().empty()) json["failure"] = model.failure();
  return json;
}

std::string TextOf(const ReadModelStatus& model) {
  std::string text = model.name() + ": version " + std::to_string(model.version());
  text += model.swapped() ? " serves" : " is being made, the one before it serves";
  if (model.behind() > 0) text += "; " + std::to_string(model.behind()) + " records to read";
  if (!model.failure().empty()) text += "; the next one was not made: " + model.failure();
  return text + "\n";
}

Result<std::vector<ReadModelStatus>> ModelsOf(Client& client) {
  const auto shown = client.Call(&NodeService::Stub::ShowModels, node::v1::ShowModelsRequest());
  if (!shown) return tl::unexpected(shown.error());
  return std::vector<ReadModelStatus>(shown->models().begin(), shown->models().end());
}

// Of one model.
Result<ReadModelStatus> ModelOf(Client& client, const std::string& name) {
  const auto models = ModelsOf(client);
  if (!models) return tl::unexpected(models.error());
  const auto found = std::ranges::find(*models, name, &ReadModelStatus::name);
  if (found == models->end())
    return Fail(StatusCode::kNotFound, "UNKNOWN_MODEL", "the instance does not keep it any more");
  return *found;
}

// Until it serves or has failed.
Result<ReadModelStatus> WaitFor(Client& client, const std::string& name) {
  auto say_at = std::chrono::steady_clock::now() + kSayAgain;
  while (true) {
    auto model = ModelOf(client, name);
    if (!model || model->swapped()) return model;
    if (const auto now = std::chrono::steady_clock::now(); now >= say_at) {
      std::cerr << TextOf(*model) << std::flush;
      say_at = now + kSayAgain;
    }
    std::this_thread::sleep_for(kLookAgain);
  }
}

// The one that is being made stands first in the answer, else the one that was made anew most
// often.
int RunStatus(Client& client, const GlobalOptions& global) {
  const auto models = ModelsOf(client);
  if (!models) return Report(models.error(), global);
  Json list = Json::array();
  std::string text;
  for (const auto& model : *models) {
    list.push_back(JsonOf(model));
    text += TextOf(model);
  }
  if (models->empty()) return Answer({{"models", list}}, "No read model here.\n", global);
  const auto first = std::ranges::max_element(*models, {}, [](const ReadModelStatus& model) {
    return std::pair(!model.swapped(), model.version());
  });
  Json json = JsonOf(*first);
  json["models"] = std::move(list);
  return Answer(json, text, global);
}

int RunRebuild(const RebuildOptions& options, const GlobalOptions& global) {
  auto client = Client::Open(global, {.role = Role::kOperator});
  if (!client) return Report(client.error(), global);
  if (options.model == "status") return RunStatus(**client, global);
  node::v1::RebuildModelRequest request;
  request.set_model(options.model);
  const auto begun = (*client)->Call(&NodeService::Stub::RebuildModel, request);
  if (!begun) return Report(begun.error(), global);
  const auto model =
      options.no_wait ? ModelOf(**client, options.model) : WaitFor(**client, options.model);
  if (!model) return Report(model.error(), global);
  const bool failed = model->swapped() && model->version() < begun->version();
  return Answer(JsonOf(*model), TextOf(*model), global, failed ? kDoneWithFindings : kDone);
}

}  // namespace

void AddRebuildCommand(CLI::App& app, const GlobalOptions& global, std::function<int()>& run) {
  auto* command =
      app.add_subcommand("rebuild", "Make a read model anew from the journals while it serves");
  auto options = std::make_shared<RebuildOptions>();
  command
      ->add_option("model", options->model,
                   "people (finds children by name), reads (who read personal data) or national; "
                   "status: how all of them stand")
      ->required();
  command->add_flag("--no-wait", options->no_wait, "Do not wait until the new version serves");
  command->footer(
      "The new version is made beside the one that serves, and takes over once it has read as far. "
      "It is\n"
      "that of the instance that is asked: each has its own. One that is interrupted by a stop is "
      "dropped.\n"
      "Exit 1: it could not be made, and the version before it goes on serving.\n"
      "Examples:\n"
      "  holdfast rebuild people\n"
      "  holdfast --json rebuild status");
  RunsWhenChosen(*command, options, global, run, RunRebuild);
}

}  // namespace holdfast::cli
