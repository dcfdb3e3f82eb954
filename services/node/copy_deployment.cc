#include "services/node/copy_deployment.h"

#include "libs/base/crash_point.h"
#include "libs/crypto/private_file.h"
#include "libs/crypto/rocks_key_store.h"
#include "libs/eventlog/embedded_log.h"
#include "libs/eventlog/kafka_topics.h"
#include "libs/journal/head_file.h"
#include "services/node/cluster.h"
#include "services/node/copy_target.h"
#include "services/node/create_data.h"
#include "services/node/folder_lock.h"
#include "services/node/journal_audit.h"
#include "services/node/manual_day.h"
#include "services/node/shared_journals.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

// What a copy takes from its source. `log` is one of the two owners'.
struct Source {
  std::optional<FolderLock> lock;
  std::unique_ptr<EmbeddedLog> embedded;
  std::unique_ptr<SharedJournals> shared;
  EventLog* log = nullptr;
  DataFormat format;  // of a folder with the same content
  CivilDate day;      // of a manual clock
  std::map<std::string, std::string> keys;
};

struct Target {
  std::unique_ptr<EmbeddedLog> embedded;
  std::unique_ptr<SharedJournals> shared;
  EventLog* log = nullptr;  // null: not made yet
};

std::vector<JournalIdentity> JournalsOf(const DataFormat& format) {
  std::vector<JournalIdentity> journals;
  for (const std::string& service : JournalServices()) {
    for (uint32_t p = 0; p < format.partition_count; ++p)
      journals.push_back({{service, p}, format.partition_count});
  }
  return journals;
}

// Where a folder is made until it is complete.
fs::path Unfinished(const fs::path& folder) {
  fs::path path = folder;
  path += ".copying";
  return path;
}

// A log that lost its end has a valid chain: only witnesses know, and the copy would have none.
Result<void> RequireWhole(const fs::path& folder, const Source& source, const KeysFolder& keys) {
  const Witnesses witnesses = HearWitnesses(folder, source.format, &keys.head_key());
  std::vector<Finding> findings = witnesses.findings;
  const auto journals =
      JournalsToAudit(JournalsOf(source.format), witnesses, source.format.partition_count);
  const Audit audit = VerifyJournals(*source.log, journals, witnesses.heard);
  findings.insert(findings.end(), audit.findings.begin(), audit.findings.end());
  if (findings.empty()) return {};
  return Fail(StatusCode::kDataLoss, "SOURCE_DAMAGED",
              folder.string() + " is not whole (" + findings.front().message +
                  "); see: holdfast journal verify");
}

Result<Source> OpenFolder(const fs::path& folder, const KeysFolder& keys) {
  Source source;
  auto format = ReadDataFormat(folder);
  if (!format) return tl::unexpected(format.error());
  source.format = std::move(*format);
  if (source.format.is_shared()) {
    return Fail(StatusCode::kFailedPrecondition, "LOG_IS_SHARED",
                folder.string() +
                    " is the folder of an instance, whose log is on Kafka; copy from there: "
                    "--from kafka:HOST:PORT");
  }
  auto lock = FolderLock::Take(folder);
  if (!lock) return tl::unexpected(lock.error());
  source.lock.emplace(std::move(*lock));
  auto log = EmbeddedLog::Open(data_path::Log(folder), EmbeddedLog::Mode::kReadOnly);
  if (!log) return tl::unexpected(log.error());
  source.embedded = std::move(*log);
  source.log = source.embedded.get();
  if (source.format.clock == ClockMode::kManual) {
    const auto day = ManualDay::Open(data_path::Day(folder));
    if (!day) return tl::unexpected(day.error());
    source.day = (*day)->day();
  }
  if (auto whole = RequireWhole(folder, source, keys); !whole) return tl::unexpected(whole.error());
  auto records = ReadKeyRecords(data_path::KeyStore(folder));
  if (!records) return tl::unexpected(records.error());
  source.keys = std::move(*records);
  return source;
}

Result<Source> OpenKafka(const KafkaSettings& kafka) {
  Source source;
  auto shared = SharedJournals::Open(kafka);
  if (!shared) return tl::unexpected(shared.error());
  source.shared = std::move(*shared);
  if (auto stopped = source.shared->RequireStopped(); !stopped)
    return tl::unexpected(stopped.error());
  source.log = &source.shared->log();
  source.format = FormatOf(source.shared->deployment(), "");
  source.format.deployment.clear();
  source.day = source.shared->day().day();
  source.keys = source.shared->KeyRecords();
  return source;
}

Result<Target> OpenTargetOnKafka(const KafkaSettings& kafka, const Source& source) {
  auto shared = OpenCopyTarget(kafka, source.format, source.day);
  if (!shared) return tl::unexpected(shared.error());
  Target target;
  target.shared = std::move(*shared);
  target.log = &target.shared->log();
  return target;
}

// Under its unfinished name, and anew: what a copy that was cut off left there was never served.
Result<Target> MakeFolder(const fs::path& folder, const DeploymentCopyOptions& options,
                          const Source& source, const Clock& clock) {
  const auto state = LookAtDataFolder(folder);
  if (!state) return tl::unexpected(state.error());
  if (*state != DataFolderState::kNone) {
    return Fail(StatusCode::kFailedPrecondition, "TARGET_NOT_EMPTY",
                folder.string() + " is a data folder already; it was left as it is");
  }
  Target target;
  if (options.dry_run) return target;
  std::error_code ignored;
  fs::remove_all(Unfinished(folder), ignored);
  const auto made = CreateDeployment({.paths = {options.paths.keys, Unfinished(folder)},
                                      .format = source.format,
                                      .day = source.day},
                                     clock);
  if (!made) return tl::unexpected(made.error());
  auto log = EmbeddedLog::Open(data_path::Log(Unfinished(folder)), EmbeddedLog::Mode::kOpen);
  if (!log) return tl::unexpected(log.error());
  target.embedded = std::move(*log);
  target.log = target.embedded.get();
  return target;
}

Result<JournalCopy> CopyOne(const Source& source, const Target& target,
                            const JournalIdentity& journal, bool dry_run) {
  if (!dry_run) return CopyJournal(*source.log, *target.log, journal);
  if (target.log != nullptr) return CompareJournals(*source.log, *target.log, journal);
  const Audit audit = VerifyJournals(*source.log, {journal}, {});
  if (!audit.ok())
    return Fail(StatusCode::kDataLoss, "SOURCE_DAMAGED", audit.findings.front().message);
  return JournalCopy{journal.partition, audit.partitions.front().state, {}};
}

// The copied log's own witness, the keys and the name by which it can be served.
Result<void> FinishFolder(const fs::path& folder, const Source& source, Target& target,
                          const DeploymentCopy& copy, const KeysFolder& keys, Instant now) {
  journal::v1::Head head;
  head.set_written_at(now.time_since_epoch().count());
  for (const JournalCopy& journal : copy.journals) {
    if (journal.target.next_offset == 0) continue;
    *head.add_checkpoints() =
        MakeCheckpoint(target.log->Id(journal.partition),
                       {journal.partition, source.format.partition_count}, journal.target);
  }
  target.embedded.reset();
  const fs::path unfinished = Unfinished(folder);
  if (auto put = PutKeyRecords(data_path::KeyStore(unfinished), source.keys); !put) return put;
  if (auto written = WriteHeadFile(data_path::Head(unfinished), keys.head_key(), head); !written)
    return written;
  std::error_code error;
  fs::remove(folder, error);  // an empty one
  fs::rename(unfinished, folder, error);
  if (error) {
    return Fail(StatusCode::kFailedPrecondition, "FOLDER_NOT_USABLE",
                "cannot name " + folder.string() + ": " + error.message());
  }
  return SyncFolder(folder.parent_path());
}

}  // namespace

Result<DeploymentCopy> CopyDeployment(const DeploymentCopyOptions& options, const Clock& clock) {
  const auto* const from_folder = std::get_if<fs::path>(&options.from);
  const auto* const to_folder = std::get_if<fs::path>(&options.to);
  const auto keys = KeysFolder::Open(options.paths);
  if (!keys) return tl::unexpected(keys.error());
  auto source = from_folder ? OpenFolder(*from_folder, **keys)
                            : OpenKafka(std::get<KafkaSettings>(options.from));
  if (!source) return tl::unexpected(source.error());
  auto target = to_folder ? MakeFolder(*to_folder, options, *source, clock)
                          : OpenTargetOnKafka(std::get<KafkaSettings>(options.to), *source);
  if (!target) return tl::unexpected(target.error());

  if (target->shared && !options.dry_run) {
    if (auto begun = target->shared->BeginCopy(); !begun) return tl::unexpected(begun.error());
  }
  DeploymentCopy copy{.journals = {}, .keys = source->keys.size()};
  const auto journals = JournalsOf(source->format);
  for (const JournalIdentity& journal : journals) {
    auto one = CopyOne(*source, *target, journal, options.dry_run);
    if (!one) return tl::unexpected(one.error());
    copy.journals.push_back(std::move(*one));
    if (options.progress) options.progress(copy.journals.size(), journals.size());
    if (!options.dry_run) CrashPoint("copy.after_journal");
  }
  if (options.dry_run) return copy;
  auto finished = to_folder
                      ? FinishFolder(*to_folder, *source, *target, copy, **keys, clock.Now())
                      : FinishCopy(*target->shared, source->format, source->day, source->keys);
  if (finished && target->shared) finished = target->shared->EndCopy();
  if (!finished) return tl::unexpected(finished.error());
  return copy;
}

}  // namespace holdfast
