#include "services/node/journal_repair.h"

#include "libs/crypto/private_file.h"
#include "libs/crypto/rocks_key_store.h"
#include "libs/eventlog/salvage.h"
#include "services/node/folder_lock.h"
#include "services/node/journal_audit.h"
#include "services/node/loss_statements.h"
#include "services/node/repaired_log.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

const char* const kJournalServices[] = {"cases", "proceedings", "contact", "alerting", "audit"};

std::string AsideName(Instant now) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  char text[32];
  std::tm utc{};
  const auto time = static_cast<time_t>(seconds);
  gmtime_r(&time, &utc);
  std::strftime(text, sizeof text, "aside-%Y%m%dT%H%M%SZ", &utc);
  return text;
}

std::vector<JournalIdentity> AllJournals(uint32_t partition_count) {
  std::vector<JournalIdentity> journals;
  for (const char* service : kJournalServices) {
    for (uint32_t p = 0; p < partition_count; ++p)
      journals.push_back({{service, p}, partition_count});
  }
  return journals;
}

// Heads of all journals of the log, as a reader finds them now.
Result<journal::v1::Head> HeadOf(EventLog& log, const std::vector<JournalIdentity>& journals,
                                 Instant now) {
  journal::v1::Head head;
  head.set_written_at(now.time_since_epoch().count());
  for (const auto& [partition, state] : VerifyJournals(log, journals, {}).partitions) {
    if (state.next_offset == 0) continue;
    *head.add_checkpoints() =
        MakeCheckpoint(log.Id(partition), {partition, journals.front().partition_count}, state);
  }
  return head;
}

// One repair, from its beginning.
class Repairer {
 public:
  Repairer(const KeysPaths& paths, const DataFormat& format, KeysFolder& keys, std::string who,
           Instant now)
      : data_(paths.data),
        format_(format),
        keys_(keys),
        who_(std::move(who)),
        now_(now),
        journals_(AllJournals(format.partition_count)) {}

  Result<JournalRepair> Run(bool dry_run) {
    if (auto ours = RequireOurKeys(); !ours) return tl::unexpected(ours.error());
    Witnesses witnesses = HearWitnesses(data_, format_, &keys_.head_key());
    repair_.findings = witnesses.findings;
    const bool sound = IsLogSound(witnesses);
    if (sound && repair_.findings.empty()) return std::move(repair_);
    std::error_code ignored;
    fs::remove_all(RepairedFolder(data_), ignored);
    auto done = sound ? Result<void>{} : Salvage(witnesses);
    witnesses = {};  // lets go of the states
    if (done && !dry_run) done = sound ? RepairBesideTheLog() : Accept();
    if (dry_run || !done) fs::remove_all(RepairedFolder(data_), ignored);
    if (!done) return tl::unexpected(done.error());
    return std::move(repair_);
  }

 private:
  // A HEAD signed with keys of another deployment would be trusted by nobody.
  Result<void> RequireOurKeys() {
    const auto store = OpenRocksKeyStoreToRead(data_path::KeyStore(data_), keys_);
    if (!store) return tl::unexpected(store.error());
    const auto report = (*store)->Check();
    if (!report) return tl::unexpected(report.error());
    if (report->damaged.empty() || report->live > 0) return {};
    return Fail(StatusCode::kFailedPrecondition, "KEYS_DIFFER",
                "the keys folder " + keys_.path().string() + " opens no key of this data folder");
  }

  bool IsLogSound(const Witnesses& witnesses) {
    const auto disk = OpenJournals(data_);
    if (!disk) {
      repair_.findings.push_back(
          {"unreadable", data_path::Log(data_).string(), {}, 0, disk.error().message});
      return false;
    }
    const Audit audit = VerifyJournals(*disk->log, journals_, witnesses.heard);
    repair_.findings.insert(repair_.findings.end(), audit.findings.begin(), audit.findings.end());
    return audit.ok();
  }

  // What can be read, and what it lacks. Nothing of the log is changed.
  Result<void> Salvage(const Witnesses& witnesses) {
    if (auto made = MakePrivateFolder(RepairedFolder(data_)); !made) return made;
    SalvageOptions options{.damaged = data_path::Log(data_),
                           .copy = RepairedFolder(data_) / "log",
                           .partitions = {},
                           .log_id = {}};
    for (const auto& journal : journals_) options.partitions.push_back(journal.partition);
    if (!witnesses.heard.empty()) options.log_id = witnesses.heard.front().checkpoint.log_id();
    auto unreadable = SalvageLog(options);
    if (!unreadable) return tl::unexpected(unreadable.error());
    repair_.unreadable = std::move(*unreadable);
    const auto log = EmbeddedLog::Open(options.copy, EmbeddedLog::Mode::kReadOnly);
    if (!log) return tl::unexpected(log.error());
    auto lost = FindLosses(**log, journals_, witnesses.heard);
    if (!lost) return tl::unexpected(lost.error());
    repair_.lost = std::move(*lost);
    return {};
  }

  Result<void> Accept() {
    const fs::path folder = RepairedFolder(data_) / "log";
    std::map<LogPartition, uint64_t> ends;
    for (const LostEnd& lost : repair_.lost) {
      if (lost.is_cut) ends[lost.partition] = lost.next_offset;
    }
    if (auto cut = CutLog(folder, ends); !cut) return cut;
    if (auto said = Say(folder, RepairedFolder(data_) / "HEAD"); !said) return said;
    const std::string aside = AsideName(now_);
    repair_.aside = data_ / aside;
    repair_.done = true;
    if (auto marked = BeginToReplace(data_, aside); !marked) return marked;
    return PutInPlace(data_, repair_.aside);
  }

  // The log is whole: HEAD is written anew, and a state that cannot be read is built again.
  Result<void> RepairBesideTheLog() {
    for (const Finding& finding : repair_.findings) {
      if (finding.kind != "state") continue;
      repair_.aside = data_ / AsideName(now_);
      if (auto made = MakePrivateFolder(repair_.aside / "state"); !made) return made;
      const fs::path state = finding.file;
      if (auto moved = MoveOnce(state, repair_.aside / "state" / state.filename()); !moved)
        return moved;
    }
    repair_.done = true;
    return Say(data_path::Log(data_), data_path::Head(data_));
  }

  Result<void> Say(const fs::path& folder, const fs::path& head_file) {
    const auto log = EmbeddedLog::Open(folder, EmbeddedLog::Mode::kOpen);
    if (!log) return tl::unexpected(log.error());
    const AcceptedLoss loss{
        .lost = repair_.lost, .who = who_, .partition_count = format_.partition_count, .where = {}};
    if (auto said = SayLoss(**log, loss, now_); !said) return said;
    const auto head = HeadOf(**log, journals_, now_);
    if (!head) return tl::unexpected(head.error());
    return WriteHeadFile(head_file, keys_.head_key(), *head);
  }

  const fs::path data_;
  const DataFormat format_;
  KeysFolder& keys_;
  const std::string who_;
  const Instant now_;
  const std::vector<JournalIdentity> journals_;
  JournalRepair repair_;
};

}  // namespace

Result<JournalRepair> RepairJournals(const KeysPaths& paths, bool dry_run, const std::string& who,
                                     const Clock& clock) {
  const auto format = ReadDataFormat(paths.data);
  if (!format) return tl::unexpected(format.error());
  const auto lock = FolderLock::Take(paths.data);
  if (!lock) return tl::unexpected(lock.error());
  const auto keys = KeysFolder::Open(paths);
  if (!keys) return tl::unexpected(keys.error());
  const auto unfinished = UnfinishedRepair(paths.data);
  if (!unfinished) return tl::unexpected(unfinished.error());
  if (!unfinished->empty() && !dry_run) {
    if (auto put = PutInPlace(paths.data, paths.data / *unfinished); !put)
      return tl::unexpected(put.error());
  }
  return Repairer(paths, *format, **keys, who, clock.Now()).Run(dry_run);
}

}  // namespace holdfast
