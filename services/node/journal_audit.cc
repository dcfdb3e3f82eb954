#include "services/node/journal_audit.h"

#include <functional>
#include <set>

#include "libs/crypto/rocks_key_store.h"
#include "libs/crypto/table_key_store.h"
#include "libs/journal/head_file.h"
#include "services/node/cluster.h"
#include "services/node/key_audit.h"
#include "services/node/manual_day.h"
#include "services/node/shared_journals.h"

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

struct AuditedLog {
  EventLog& log;
  std::vector<JournalIdentity> journals;
  const DataFormat& format;
  KeysFolder* keys;  // may be null
};

// Where data keys are, and how they are opened, once the log is: whatever key its events name was
// there before them.
struct AuditedKeys {
  fs::path name;
  std::function<Result<std::unique_ptr<KeyStore>>(KeysFolder&)> open;
};

// The journals against all witnesses, and the states and the key store against the journals.
Audit AuditJournals(const AuditedLog& audited, const Witnesses& witnesses,
                    const AuditedKeys& data_keys) {
  const auto& [log, own_journals, format, keys] = audited;
  const auto journals = JournalsToAudit(own_journals, witnesses, format.partition_count);
  Audit audit = VerifyJournals(log, journals, witnesses.heard);
  const auto add = [&](const std::vector<Finding>& findings) {
    audit.findings.insert(audit.findings.end(), findings.begin(), findings.end());
  };
  if (keys == nullptr) return audit;
  const auto key_store = data_keys.open(*keys);
  if (!key_store) {
    add({FoundIn("keystore", data_keys.name, key_store.error())});
    return audit;
  }
  add(AuditKeyStore(log, own_journals, **key_store, *keys, data_keys.name));
  if (!audit.ok())
    return audit;  // what was made from another journal differs without a fault of its own
  for (size_t i = 0; i < witnesses.states.size(); ++i) {
    add(CompareWithJournals(witnesses.states[i], witnesses.parts[i],
                            {log, *keys, **key_store, format}));
  }
  return audit;
}

Audit AuditFolderLog(const fs::path& data, const DataFormat& format, const Witnesses& witnesses,
                     KeysFolder* keys) {
  auto disk = OpenJournals(data);
  if (!disk)
    return {.partitions = {},
            .findings = {FoundIn("unreadable", data_path::Log(data), disk.error())}};
  const fs::path key_store = data_path::KeyStore(data);
  return AuditJournals({*disk->log, disk->journals, format, keys}, witnesses,
                       {key_store, [&key_store](KeysFolder& folder) {
                          return OpenRocksKeyStoreToRead(key_store, folder);
                        }});
}

// What is amiss in the keys folder stands first.
void AddKeysFolder(const Result<std::unique_ptr<KeysFolder>>& keys, const fs::path& folder,
                   std::vector<Finding>& findings) {
  if (!keys) {
    findings.push_back(FoundIn("keys", folder, keys.error()));
    return;
  }
  const auto amiss = AuditKeysFolder(**keys);
  findings.insert(findings.end(), amiss.begin(), amiss.end());
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
  Audit audit = AuditFolderLog(paths.data, *format, witnesses, keys ? keys->get() : nullptr);
  std::vector<Finding> first = witnesses.findings;
  AddKeysFolder(keys, paths.keys, first);
  if (format->clock == ClockMode::kManual) {
    const auto day = ManualDay::Open(data_path::Day(paths.data));
    if (!day) first.push_back(FoundIn("day", data_path::Day(paths.data), day.error()));
  }
  audit.findings.insert(audit.findings.begin(), first.begin(), first.end());
  return audit;
}

Result<Audit> AuditSharedJournals(const KeysPaths& paths, const KafkaSettings& kafka) {
  const auto keys = KeysFolder::Open(paths);
  const auto folder = ReadDataFormat(paths.data);
  if (folder && !folder->is_shared()) {
    return Fail(StatusCode::kInvalidArgument, "USAGE",
                paths.data.string() + " has a log of its own; --data takes an instance's folder");
  }
  const Witnesses witnesses =
      folder ? HearWitnesses(paths.data, *folder, keys ? &(*keys)->head_key() : nullptr)
             : Witnesses{};
  auto shared = SharedJournals::Open(kafka);
  if (!shared) return tl::unexpected(shared.error());
  const DataFormat format = FormatOf((*shared)->deployment(), folder ? folder->instance : "");
  if (folder && *folder != format) {
    return Fail(StatusCode::kFailedPrecondition, "DEPLOYMENT_DIFFERS",
                paths.data.string() + " is the folder of an instance of another deployment");
  }
  Audit audit = AuditJournals(
      {(*shared)->log(), (*shared)->Journals(), format, keys ? keys->get() : nullptr}, witnesses,
      {kafka.topic_prefix + ".keys",
       [&shared](KeysFolder& of) -> Result<std::unique_ptr<KeyStore>> {
         return OpenTableKeyStore((*shared)->keys(), of);
       }});
  std::vector<Finding> first = witnesses.findings;
  AddKeysFolder(keys, paths.keys, first);
  audit.findings.insert(audit.findings.begin(), first.begin(), first.end());
  return audit;
}

}  // namespace holdfast
