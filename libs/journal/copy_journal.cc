#include "libs/journal/copy_journal.h"

#include <condition_variable>
#include <mutex>

#include "libs/journal/journal_reader.h"

namespace holdfast {
namespace {

constexpr size_t kReadAtOnce_bytes = 4 << 20;
constexpr std::chrono::seconds kAppendLimit{60};

Status NotEmpty(const LogPartition& partition) {
  return {StatusCode::kFailedPrecondition, "TARGET_NOT_EMPTY",
          "the target's journal " + partition.service + "/" + std::to_string(partition.partition) +
              " holds records that are not the source's; copy into an empty log"};
}

Result<void> ReadToEnd(JournalReader& reader) {
  while (true) {
    const auto read = reader.ReadOn(kReadAtOnce_bytes,
                                    [](const LogRecord&, JudgedRecord&) { return Result<void>{}; });
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) return {};
  }
}

// Appends records, and returns once the log has said of each that it has it.
class Appends {
 public:
  Result<void> AppendAll(EventLog& log, const LogPartition& partition,
                         std::vector<std::string> records) {
    {
      const std::lock_guard lock(shared_->mutex);
      shared_->left = records.size();
    }
    for (std::string& record : records) {
      log.Append(partition, std::move(record), [shared = shared_](AppendReport report) {
        const std::lock_guard lock(shared->mutex);
        shared->failed = shared->failed || report != AppendReport::kAppended;
        if (--shared->left == 0) shared->done.notify_all();
      });
    }
    std::unique_lock lock(shared_->mutex);
    const bool all =
        shared_->done.wait_for(lock, kAppendLimit, [this] { return shared_->left == 0; });
    if (all && !shared_->failed) return {};
    return Fail(StatusCode::kUnavailable, "COPY_CUT_OFF",
                "the target did not take a record of " + partition.service + "/" +
                    std::to_string(partition.partition) + "; run it again, and it goes on there");
  }

 private:
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    size_t left = 0;
    bool failed = false;
  };
  const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();  // outlived by late reports
};

// One partition, from the source's first record.
class Copier {
 public:
  Copier(EventLog& from, EventLog& to, const JournalIdentity& journal, bool compare_only)
      : to_(to),
        partition_(journal.partition),
        compare_only_(compare_only),
        source_(from, journal),
        target_(to, journal) {}

  Result<JournalCopy> Run() {
    if (auto read = ReadToEnd(target_); !read) return tl::unexpected(read.error());
    const ReaderState before = target_.state();
    bool is_begun = before.valid_records == 0;
    while (true) {
      std::vector<std::string> records;
      const auto read = source_.ReadOn(
          kReadAtOnce_bytes, [&](const LogRecord& record, JudgedRecord& judged) -> Result<void> {
            if (judged.verdict == Verdict::kVoid) return {};
            if (source_.state().valid_records > before.valid_records) {
              records.push_back(record.bytes);
            } else if (source_.state().valid_records == before.valid_records) {
              is_begun = source_.state().chain == before.chain;
            }
            return {};
          });
      if (!read) return tl::unexpected(read.error());
      if (*read == 0) break;
      if (records.empty() || compare_only_) continue;
      if (!is_begun) return tl::unexpected(NotEmpty(partition_));
      if (auto copied = Appends().AppendAll(to_, partition_, std::move(records)); !copied)
        return tl::unexpected(copied.error());
    }
    if (!is_begun) return tl::unexpected(NotEmpty(partition_));
    if (auto read = ReadToEnd(target_); !read) return tl::unexpected(read.error());
    return JournalCopy{partition_, source_.state(), target_.state()};
  }

 private:
  EventLog& to_;
  const LogPartition partition_;
  const bool compare_only_;
  JournalReader source_;
  JournalReader target_;
};

}  // namespace

bool JournalCopy::equal() const {
  return source.valid_records == target.valid_records && source.events == target.events &&
         source.chain == target.chain;
}

Result<JournalCopy> CompareJournals(EventLog& from, EventLog& to, const JournalIdentity& journal) {
  return Copier(from, to, journal, true).Run();
}

Result<JournalCopy> CopyJournal(EventLog& from, EventLog& to, const JournalIdentity& journal) {
  return Copier(from, to, journal, false).Run();
}

}  // namespace holdfast
