#include "tools/holdfast/deployment.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "libs/base/clock.h"
#include "libs/crypto/hardening.h"
#include "services/node/create_data.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Status> Usage(std::string message) {
  return Fail(StatusCode::kInvalidArgument, "USAGE", std::move(message));
}

Result<NewDeployment> Wanted(const DeploymentOptions& options, const GlobalOptions& global) {
  NewDeployment wanted{.paths = PathsOf(global), .format = {}, .day = {}};
  wanted.format.partition_count = options.partitions;
  if (options.partitions < 1 || options.partitions > kMostPartitions) {
    return Usage("--partitions takes 1 to " + std::to_string(kMostPartitions));
  }
  if (options.clock == "system") {
    if (!options.day.empty()) return Usage("--day goes with --clock manual");
    return wanted;
  }
  const auto day = CivilDate::FromIso(options.day);
  if (!day) return Usage("--clock manual needs --day YYYY-MM-DD, the day that it starts with");
  wanted.format.clock = ClockMode::kManual;
  wanted.day = *day;
  return wanted;
}

}  // namespace

KeysPaths PathsOf(const GlobalOptions& global) {
  return {.keys = fs::absolute(global.keys).lexically_normal(),
          .data = fs::absolute(global.data).lexically_normal()};
}

Result<Json> MakeDeployment(const DeploymentOptions& options, const GlobalOptions& global) {
  const auto wanted = Wanted(options, global);
  if (!wanted) return tl::unexpected(wanted.error());
  HardenProcess();
  const auto created = CreateDeployment(*wanted, SystemClock());
  if (!created) return tl::unexpected(created.error());
  if (created->root_key_is_new) std::cerr << RootKeyNotice(wanted->paths.keys);

  Json identities = Json::array();
  for (const auto& entry : fs::directory_iterator(wanted->paths.keys / "id")) {
    identities.push_back(entry.path().filename().string());
  }
  std::sort(identities.begin(), identities.end());
  const bool is_manual = wanted->format.clock == ClockMode::kManual;
  return Json{{"data", wanted->paths.data.string()},
              {"keys", wanted->paths.keys.string()},
              {"clock",
               {{"mode", Text(wanted->format.clock)},
                {"day", is_manual ? Json(wanted->day.Iso()) : Json(nullptr)}}},
              {"partitions", wanted->format.partition_count},
              {"root_key_is_new", created->root_key_is_new},
              {"identities", std::move(identities)}};
}

}  // namespace holdfast::cli
