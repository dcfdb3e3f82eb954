#include "services/node/repaired_log.h"

#include "libs/crypto/private_file.h"
#include "services/node/checked_file.h"
#include "services/node/data_format.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

fs::path Repairing(const fs::path& data) { return data / "repairing"; }

tl::unexpected<Status> Unusable(const fs::path& path, const std::error_code& error) {
  return Fail(StatusCode::kFailedPrecondition, "FOLDER_NOT_USABLE",
              path.string() + ": " + error.message());
}

}  // namespace

Result<void> MoveOnce(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from, error) || fs::exists(to, error)) return {};
  fs::rename(from, to, error);
  if (error) return Unusable(from, error);
  if (auto synced = SyncFolder(to.parent_path()); !synced) return synced;
  return SyncFolder(from.parent_path());
}

Result<void> BeginToReplace(const fs::path& data, const std::string& aside) {
  return WriteCheckedFile(Repairing(data), aside + "\n");
}

Result<void> PutInPlace(const fs::path& data, const fs::path& aside) {
  if (auto made = MakePrivateFolder(aside); !made) return made;
  const fs::path repaired = RepairedFolder(data);
  if (auto moved = MoveOnce(data_path::Log(data), aside / "log"); !moved) return moved;
  if (auto moved = MoveOnce(repaired / "log", data_path::Log(data)); !moved) return moved;
  if (auto moved = MoveOnce(data_path::State(data), aside / "state"); !moved) return moved;
  if (auto moved = MoveOnce(data_path::Head(data), aside / "HEAD"); !moved) return moved;
  if (auto moved = MoveOnce(repaired / "HEAD", data_path::Head(data)); !moved) return moved;
  std::error_code error;
  fs::remove_all(repaired, error);
  if (!error) fs::remove(Repairing(data), error);
  if (error) return Unusable(repaired, error);
  return SyncFolder(data);
}

Result<std::string> UnfinishedRepair(const fs::path& data) {
  std::error_code ignored;
  if (!fs::exists(Repairing(data), ignored)) return std::string();
  return ReadCheckedFile(Repairing(data)).map([](const std::string& text) {
    return text.substr(0, text.find('\n'));
  });
}

Result<void> RequireNoUnfinishedRepair(const fs::path& data) {
  std::error_code ignored;
  if (!fs::exists(Repairing(data), ignored)) return {};
  return Fail(StatusCode::kFailedPrecondition, "REPAIR_UNFINISHED",
              "a repair of the journals was cut off; finish it with: holdfast journal repair");
}

}  // namespace holdfast
