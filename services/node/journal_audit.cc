#include "services/node/journal_audit.h"

#include <set>

#include "libs/journal/head_file.h"
#include "libs/shard/kept_state.h"
#include "libs/shard/rocks_store.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

Finding FoundIn(const char* kind, const fs::path& file, const Status& status) {
  return {.kind = kind, .file = file.string(), .partition = {}, .offset = 0, .message = status.message};
}

// What others than the log say of the journals.
struct Witnesses {
  std::vector<Witness> heard;
  std::vector<Finding> findings;
};

void HearHead(const fs::path& file, const HeadKey& key, Witnesses& witnesses) {
  const auto head = ReadHeadFile(file, key);
  if (!head) {
    witnesses.findings.push_back(FoundIn("head", file, head.error()));
    return;
  }
  for (const auto& checkpoint : head->checkpoints()) {
    witnesses.heard.push_back({file.string(), checkpoint});
  }
}

// The checkpoints of one service's shards.
void HearState(const fs::path& folder, uint32_t partition_count, Witnesses& witnesses) {
  auto state = RocksDatabase::OpenToRead(folder);
  if (!state) {
    witnesses.findings.push_back(FoundIn("state", folder, state.error()));
    return;
  }
  if (auto verified = (*state)->VerifyChecksums(); !verified) {
    witnesses.findings.push_back(FoundIn("state", folder, verified.error()));
  }
  for (uint32_t partition = 0; partition < partition_count; ++partition) {
    const auto checkpoint = StoredCheckpoint(*(*state)->StoreOf(partition));
    if (!checkpoint) {
      witnesses.findings.push_back(FoundIn("state", folder, checkpoint.error()));
    } else if (*checkpoint) {
      witnesses.heard.push_back({folder.string(), **checkpoint});
    }
  }
}

std::set<fs::path> FoldersIn(const fs::path& folder) {
  std::set<fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.is_directory(ignored)) folders.insert(entry.path());
  }
  return folders;
}

// The log's journals, and those that a witness names though the log lacks them.
std::vector<JournalIdentity> JournalsToAudit(const JournalsOnDisk& disk, const Witnesses& witnesses,
                                             uint32_t partition_count) {
  std::set<LogPartition> partitions;
  for (const auto& journal : disk.journals) partitions.insert(journal.partition);
  for (const auto& witness : witnesses.heard) {
    const auto& claim = witness.checkpoint.claim();
    partitions.insert({claim.service(), claim.partition()});
  }
  std::vector<JournalIdentity> journals;
  for (const auto& partition : partitions) journals.push_back({partition, partition_count});
  return journals;
}

}  // namespace

Result<JournalsOnDisk> OpenJournals(const fs::path& data) {
  const auto format = ReadDataFormat(data);
  if (!format) return tl::unexpected(format.error());
  auto log = EmbeddedLog::Open(data_path::Log(data), EmbeddedLog::Mode::kReadOnly);
  if (!log) return tl::unexpected(log.error());
  JournalsOnDisk disk{.log = std::move(*log), .journals = {}};
  for (const auto& partition : disk.log->Partitions()) {
    disk.journals.push_back({partition, format->partition_count});
  }
  return disk;
}

Result<Audit> AuditDataFolder(const KeysPaths& paths) {
  const auto format = ReadDataFormat(paths.data);
  if (!format) return tl::unexpected(format.error());
  const auto keys = KeysFolder::Open(paths);
  if (!keys) return tl::unexpected(keys.error());
  // Before the log: one that grows meanwhile holds what they say.
  Witnesses witnesses;
  HearHead(data_path::Head(paths.data), (*keys)->head_key(), witnesses);
  for (const auto& state : FoldersIn(data_path::State(paths.data))) {
    HearState(state, format->partition_count, witnesses);
  }
  const auto disk = OpenJournals(paths.data);
  if (!disk) return tl::unexpected(disk.error());
  Audit audit = VerifyJournals(
      *disk->log, JournalsToAudit(*disk, witnesses, format->partition_count), witnesses.heard);
  audit.findings.insert(audit.findings.begin(), witnesses.findings.begin(), witnesses.findings.end());
  return audit;
}

}  // namespace holdfast
