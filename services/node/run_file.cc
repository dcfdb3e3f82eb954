#include "services/node/run_file.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "libs/crypto/private_file.h"
#include "services/node/folder_lock.h"

namespace holdfast {
namespace {

using Json = nlohmann::ordered_json;

std::filesystem::path RunPath(const std::filesystem::path& data) { return data / "run.json"; }

tl::unexpected<Status> NoServer(const std::filesystem::path& data) {
  return Fail(StatusCode::kUnavailable, "NO_SERVER",
              "no server: nothing serves the data folder " + data.string() +
                  "; start one with: holdfast up --detach");
}

}  // namespace

Result<RunFile> FindServer(const std::filesystem::path& data) {
  std::ifstream file(RunPath(data));
  if (!file || !FolderLock::IsHeld(data)) return NoServer(data);
  const Json json = Json::parse(file, nullptr, false);
  if (!json.is_object()) return NoServer(data);
  RunFile run;
  run.pid = json.value("pid", 0);
  run.endpoint = json.value("endpoint", "");
  run.clock = json.value("clock", "");
  run.services = json.value("services", std::vector<std::string>{});
  if (run.pid <= 0 || run.endpoint.empty()) return NoServer(data);
  return run;
}

Result<void> WriteRunFile(const std::filesystem::path& data, const RunFile& run) {
  const Json json{{"pid", run.pid},
                  {"endpoint", run.endpoint},
                  {"clock", run.clock},
                  {"services", run.services}};
  return ReplacePrivateFile(RunPath(data), json.dump() + "\n", FileMode::kReadWrite);
}

void RemoveRunFile(const std::filesystem::path& data) {
  std::error_code ignored;
  std::filesystem::remove(RunPath(data), ignored);
}

}  // namespace holdfast
