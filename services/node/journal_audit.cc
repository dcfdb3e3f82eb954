#include "services/node/journal_audit.h"

#include <set>

#include "libs/crypto/rocks_key_store.h"
#include "libs/journal/head_file.h"
#include "services/node/key_audit.h"
#include "services/node/manual_day.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

Finding FoundIn(const char* kind, const fs::path& file, const Status& status) {
  return {
      .kind = kind, .file = file.string(), .partition = {}, .offset = 0, .message = status.message};
}

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

void HearState(const fs::path& folder, const DataFormat& format, Witnesses& witnesses) {
  auto database = RocksDatabase::OpenToRead(folder);
  if (!database) {
    witnesses.findings.push_back(FoundIn("state", folder, database.error()));
    return;
  }
  StateOnDisk state{folder.filename().string(), folder, std::move(*database)};
  std::vector<journal::v1::Checkpoint> places;
  const auto verified = state.database->VerifyChecksums();
  auto parts = PartsOf(state, format, places);
  if (!verified || !parts) {
    witnesses.findings.push_back(
        FoundIn("state", folder, verified ? parts.error() : verified.error()));
  }
  if (parts) {
    for (const auto& part : *parts) places.push_back(part.end);
  }
  for (auto& place : places) witnesses.heard.push_back({folder.string(), std::move(place)});
  if (!verified || !parts) return;
  witnesses.states.push_back(std::move(state));
  witnesses.parts.push_back(std::move(*parts));
}

std::set<fs::path> FoldersIn(const fs::path& folder) {
  std::set<fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.is_directory(ignored)) folders.insert(entry.path());
  }
  return folders;
}

// The journals against all witnesses, and the states and the key store against the journals. `keys`
// may be null.
Audit AuditJournals(const fs::path& data, const DataFormat& format, const Witnesses& witnesses,
                    KeysFolder* keys) {
  auto disk = OpenJournals(data);
  if (!disk)
    return {.partitions = {},
            .findings = {FoundIn("unreadable", data_path::Log(data), disk.error())}};
  const auto journals = JournalsToAudit(disk->journals, witnesses, format.partition_count);
  Audit audit = VerifyJournals(*disk->log, journals, witnesses.heard);
  const auto add = [&](const std::vector<Finding>& findings) {
    audit.findings.insert(audit.findings.end(), findings.begin(), findings.end());
  };
  if (keys == nullptr) return audit;
  // After the log: whatever key its events name was there before them.
  const auto key_store = OpenRocksKeyStoreToRead(data_path::KeyStore(data), *keys);
  if (!key_store) {
    add({FoundIn("keystore", data_path::KeyStore(data), key_store.error())});
    return audit;
  }
  add(AuditKeyStore(*disk->log, disk->journals, **key_store, *keys, data_path::KeyStore(data)));
  if (!audit.ok())
    return audit;  // what was made from another journal differs without a fault of its own
  for (size_t i = 0; i < witnesses.states.size(); ++i) {
    add(CompareWithJournals(witnesses.states[i], witnesses.parts[i],
                            {*disk->log, *keys, **key_store, format}));
  }
  return audit;
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

Witnesses HearWitnesses(const fs::path& data, const DataFormat& format, const HeadKey* head_key) {
  Witnesses witnesses;
  if (head_key != nullptr) HearHead(data_path::Head(data), *head_key, witnesses);
  for (const auto& folder : FoldersIn(data_path::State(data))) HearState(folder, format, witnesses);
  return witnesses;
}

std::vector<JournalIdentity> JournalsToAudit(const std::vector<JournalIdentity>& journals,
                                             const Witnesses& witnesses, uint32_t partition_count) {
  std::set<LogPartition> partitions;
  for (const auto& journal : journals) partitions.insert(journal.partition);
  for (const auto& witness : witnesses.heard) {
    const auto& claim = witness.checkpoint.claim();
    partitions.insert({claim.service(), claim.partition()});
  }
  std::vector<JournalIdentity> all;
  for (const auto& partition : partitions) all.push_back({partition, partition_count});
  return all;
}

Result<Audit> AuditDataFolder(const KeysPaths& paths) {
  const auto format = ReadDataFormat(paths.data);
  if (!format) return tl::unexpected(format.error());
  const auto keys = KeysFolder::Open(paths);
  // Before the log: one that grows meanwhile holds what they say.
  const Witnesses witnesses =
      HearWitnesses(paths.data, *format, keys ? &(*keys)->head_key() : nullptr);
  Audit audit = AuditJournals(paths.data, *format, witnesses, keys ? keys->get() : nullptr);
  std::vector<Finding> first = witnesses.findings;
  if (!keys) first.push_back(FoundIn("keys", paths.keys, keys.error()));
  if (keys) {
    const auto amiss = AuditKeysFolder(**keys);
    first.insert(first.end(), amiss.begin(), amiss.end());
  }
  if (format->clock == ClockMode::kManual) {
    const auto day = ManualDay::Open(data_path::Day(paths.data));
    if (!day) first.push_back(FoundIn("day", data_path::Day(paths.data), day.error()));
  }
  audit.findings.insert(audit.findings.begin(), first.begin(), first.end());
  return audit;
}

}  // namespace holdfast
