#include "services/node/create_data.h"

#include <fstream>

#include "libs/crypto/private_file.h"
#include "libs/crypto/rocks_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/journal/head_file.h"
#include "libs/rpc/certificates.h"
#include "services/node/folder_lock.h"
#include "services/node/manual_day.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

Result<std::unique_ptr<KeysFolder>> MakeKeys(const KeysPaths& paths, Instant now) {
  auto keys = KeysFolder::OpenOrCreate(paths);
  if (!keys) return keys;
  const auto authority = CertificateAuthority::OpenOrCreate(paths.keys, now);
  if (!authority) return tl::unexpected(authority.error());
  if (auto issued = authority->IssueForDeployment(CodeOfNationals(), now); !issued) {
    return tl::unexpected(issued.error());
  }
  return keys;
}

Result<void> ClearLeftovers(const fs::path& data) {
  std::error_code error;
  for (const auto& path : {data_path::Log(data), data_path::KeyStore(data), data_path::State(data),
                           data_path::Head(data), data_path::Day(data)}) {
    fs::remove_all(path, error);
    if (error) {
      return Fail(StatusCode::kFailedPrecondition, "FOLDER_NOT_USABLE",
                  "cannot remove " + path.string() + ": " + error.message());
    }
  }
  return {};
}

// All but the format, which is written when the rest is complete.
Result<void> FillFolder(const NewDeployment& wanted, KeysFolder& keys) {
  const fs::path& data = wanted.paths.data;
  if (auto cleared = ClearLeftovers(data); !cleared) return cleared;
  if (wanted.format.is_shared()) return WriteHeadFile(data_path::Head(data), keys.head_key(), {});
  if (auto log = EmbeddedLog::Open(data_path::Log(data), EmbeddedLog::Mode::kCreate); !log) {
    return tl::unexpected(log.error());
  }
  if (auto store = OpenRocksKeyStore(data_path::KeyStore(data), keys); !store) {
    return tl::unexpected(store.error());
  }
  if (auto head = WriteHeadFile(data_path::Head(data), keys.head_key(), {}); !head) return head;
  if (wanted.format.clock == ClockMode::kSystem) return {};
  return ManualDay::Create(data_path::Day(data), wanted.day);
}

Result<void> MakeFolder(const NewDeployment& wanted, KeysFolder& keys) {
  const fs::path& data = wanted.paths.data;
  std::error_code error;
  fs::create_directories(data, error);
  const auto lock = FolderLock::Take(data);
  if (!lock) return tl::unexpected(lock.error());
  if (auto marked = ReplacePrivateFile(data_path::Making(data), "", FileMode::kReadWrite);
      !marked) {
    return marked;
  }
  if (auto filled = FillFolder(wanted, keys); !filled) return filled;
  if (auto written = WriteDataFormat(data, wanted.format); !written) return written;
  fs::remove(data_path::Making(data), error);
  return SyncFolder(data);
}

Result<void> RequireNoFolder(const fs::path& data) {
  const auto state = LookAtDataFolder(data);
  if (!state) return tl::unexpected(state.error());
  if (*state != DataFolderState::kMade) return {};
  return Fail(StatusCode::kFailedPrecondition, "ALREADY_MADE",
              data.string() + " is a Holdfast data folder already; it was left as it is");
}

}  // namespace

Result<CreatedDeployment> CreateDeployment(const NewDeployment& wanted, const Clock& clock) {
  if (auto none = RequireNoFolder(wanted.paths.data); !none) return tl::unexpected(none.error());
  auto keys = MakeKeys(wanted.paths, clock.Now());
  if (!keys) return tl::unexpected(keys.error());

  if (auto made = MakeFolder(wanted, **keys); !made) return tl::unexpected(made.error());
  return CreatedDeployment{.root_key_is_new = (*keys)->root_key_is_new()};
}

Result<void> CreateInstanceFolder(const KeysPaths& paths, const DataFormat& format) {
  if (auto none = RequireNoFolder(paths.data); !none) return none;
  const auto keys = KeysFolder::Open(paths);
  if (!keys) return tl::unexpected(keys.error());
  return MakeFolder({.paths = paths, .format = format, .day = {}}, **keys);
}

AuthorityCode CodeOfNationals() { return *AuthorityCode::FromText("england"); }

}  // namespace holdfast
