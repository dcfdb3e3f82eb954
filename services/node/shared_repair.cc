#include "services/node/shared_repair.h"

#include <algorithm>
#include <iterator>

#include "libs/base/crash_point.h"
#include "libs/crypto/table_key_store.h"
#include "libs/eventlog/capped_log.h"
#include "libs/journal/copy_journal.h"
#include "services/node/cluster.h"
#include "services/node/copy_target.h"
#include "services/node/folder_lock.h"
#include "services/node/journal_audit.h"
#include "services/node/key_audit.h"
#include "services/node/loss_statements.h"
#include "services/node/shared_journals.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Status> Refuse(const char* reason, std::string message) {
  return Fail(StatusCode::kFailedPrecondition, reason, std::move(message));
}

// One repair, from its beginning.
class SharedRepairer {
 public:
  SharedRepairer(const SharedRepairOptions& options, KeysFolder& keys, SharedJournals& from,
                 Instant now)
      : options_(options),
        keys_(keys),
        from_(from),
        format_(FormatOf(from.deployment(), "")),
        journals_(from.Journals()),
        now_(now) {}

  Result<JournalRepair> Run() {
    if (auto stopped = from_.RequireStopped(); !stopped) return tl::unexpected(stopped.error());
    if (auto heard = HearFolders(); !heard) return tl::unexpected(heard.error());
    if (auto found = FindWhatIsLost(); !found) return tl::unexpected(found.error());
    if (auto ours = AuditKeys(); !ours) return tl::unexpected(ours.error());
    if (repair_.lost.empty()) return std::move(repair_);
    if (!options_.to && !options_.dry_run) {
      return Refuse("NO_TARGET",
                    "something is lost, and a topic of Kafka cannot be cut: make new topics with "
                    "holdfast --topic-prefix NEW topics apply, and name them with --to-prefix NEW");
    }
    if (!options_.to) return std::move(repair_);
    auto target = OpenTarget();
    if (!target) return tl::unexpected(target.error());
    if (options_.dry_run) return std::move(repair_);
    if (auto accepted = Accept(**target); !accepted) return tl::unexpected(accepted.error());
    repair_.done = true;
    return std::move(repair_);
  }

 private:
  // Locked until the end: what an instance does meanwhile, nobody would know.
  Result<void> HearFolders() {
    for (const fs::path& folder : options_.witnesses) {
      const auto format = ReadDataFormat(folder);
      if (!format) return tl::unexpected(format.error());
      if (*format != FormatOf(from_.deployment(), format->instance)) {
        return Refuse("DEPLOYMENT_DIFFERS",
                      folder.string() + " is no folder of an instance of this deployment");
      }
      auto lock = FolderLock::Take(folder);
      if (!lock) return tl::unexpected(lock.error());
      locks_.push_back(std::move(*lock));
      Witnesses witnesses = HearWitnesses(folder, *format, &keys_.head_key());
      std::ranges::move(witnesses.heard, std::back_inserter(heard_));
      std::ranges::move(witnesses.findings, std::back_inserter(repair_.findings));
    }
    return {};
  }

  Result<void> FindWhatIsLost() {
    auto lost = FindLosses(from_.log(), journals_, heard_);
    if (!lost) return tl::unexpected(lost.error());
    repair_.lost = std::move(*lost);
    for (const LostEnd& end : repair_.lost) {
      ends_[end.partition] = end.next_offset;
      repair_.findings.push_back({.kind = end.is_cut ? "made_from_lost" : "shorter",
                                  .file = end.witness,
                                  .partition = end.partition,
                                  .offset = end.next_offset,
                                  .message = end.is_cut
                                                 ? "what follows was made from events that are lost"
                                                 : "the log ends here; more was read before"});
    }
    return {};
  }

  // Of what stays. The topic of keys may have lost its end too.
  Result<void> AuditKeys() {
    const auto store = OpenTableKeyStore(from_.keys(), keys_);
    const auto report = store->Check();
    if (!report) return tl::unexpected(report.error());
    if (!report->damaged.empty() && report->live == 0) {
      return Refuse("KEYS_DIFFER", "the keys folder " + keys_.path().string() +
                                       " opens no key of this deployment");
    }
    CappedLog kept(from_.log(), ends_);
    auto amiss =
        AuditKeyStore(kept, journals_, *store, keys_, options_.from.topic_prefix + ".keys");
    std::ranges::move(amiss, std::back_inserter(repair_.findings));
    return {};
  }

  // Before anything is copied, and in a dry run too: all that could be refused.
  Result<std::unique_ptr<SharedJournals>> OpenTarget() {
    auto target = OpenCopyTarget(*options_.to, format_, from_.day().day());
    if (!target) return target;
    CappedLog kept(from_.log(), ends_);
    for (const JournalIdentity& journal : journals_) {
      const auto end = (*target)->log().EndNow(journal.partition);
      if (!end) return tl::unexpected(end.error());
      if (*end == 0) continue;
      const auto compared = CompareJournals(kept, (*target)->log(), journal);
      if (!compared) return tl::unexpected(compared.error());
    }
    return target;
  }

  Result<void> Accept(SharedJournals& target) {
    if (auto begun = target.BeginCopy(); !begun) return begun;
    CappedLog kept(from_.log(), ends_);
    size_t done = 0;
    for (const JournalIdentity& journal : journals_) {
      const auto copy = CopyJournal(kept, target.log(), journal);
      if (!copy) return tl::unexpected(copy.error());
      if (!copy->equal()) {
        return Fail(StatusCode::kInternal, "COPY_DIFFERS",
                    "journal " + journal.partition.service + "/" +
                        std::to_string(journal.partition.partition) +
                        " is not the same in the new topics");
      }
      if (options_.progress) options_.progress(++done, journals_.size());
    }
    const auto finished = FinishCopy(target, format_, from_.day().day(), from_.KeyRecords());
    if (!finished) return finished;
    CrashPoint("repair.before_loss_is_said");
    const auto said = SayLoss(target.log(),
                              {.lost = repair_.lost,
                               .who = options_.who,
                               .partition_count = format_.partition_count,
                               .where = "from topics " + options_.from.topic_prefix + " to " +
                                        options_.to->topic_prefix + ": "},
                              now_);
    CrashPoint("repair.after_loss_is_said");
    return said ? target.EndCopy() : said;
  }

  const SharedRepairOptions& options_;
  KeysFolder& keys_;
  SharedJournals& from_;
  const DataFormat format_;
  const std::vector<JournalIdentity> journals_;
  const Instant now_;
  std::vector<FolderLock> locks_;
  std::vector<Witness> heard_;
  std::map<LogPartition, uint64_t> ends_;  // of what stays
  JournalRepair repair_;
};

}  // namespace

Result<JournalRepair> RepairSharedJournals(const SharedRepairOptions& options, const Clock& clock) {
  if (options.witnesses.empty()) {
    return Refuse("NO_WITNESS",
                  "nobody says what the log held: name the data folder of each instance, with "
                  "--data or --witness");
  }
  const auto keys = KeysFolder::Open({options.keys, options.witnesses.front()});
  if (!keys) return tl::unexpected(keys.error());
  const auto from = SharedJournals::Open(options.from);
  if (!from) return tl::unexpected(from.error());
  return SharedRepairer(options, **keys, **from, clock.Now()).Run();
}

}  // namespace holdfast
