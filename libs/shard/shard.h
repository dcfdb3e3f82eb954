// One partition of one service: reads its journal, keeps its state, owns it, decides its commands
// and serves its reads. It has no thread: whoever runs it calls Step, and Submit and Read from any
// thread.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>

#include "libs/journal/head_file.h"
#include "libs/journal/journal_reader.h"
#include "libs/journal/read_back_off.h"
#include "libs/shard/owner.h"
#include "libs/shard/source_reader.h"

namespace holdfast {

struct ShardOptions {
  JournalIdentity identity;
  OwnerOptions owner;
  std::vector<JournalIdentity> sources;  // journals it reacts to
  size_t mailbox_commands = 4096;
  size_t waiting_reads = 4096;
  size_t source_events_a_turn = 256;
  size_t read_bytes = 1 << 20;  // of the journal, in one step
  size_t flush_bytes = 16 << 20;
  size_t rebuild_flush_bytes = 64 << 20;  // until it has caught up
  std::chrono::microseconds flush_every{100'000};
  size_t subjects_in_memory = 50'000;
  // Other instances have shards of the partition too: it is claimed once it is assigned, and a read
  // waits for all that the journal held when it was given.
  bool shared = false;
  RuleChecks checks;
  Mutant mutant = Mutant::kNone;
};

// What a shard is given. All of it outlives the shard; `heads` may be null.
struct ShardSurroundings {
  EventLog& log;
  StateStore& store;
  const Keeper& keeper;
  std::function<Moment()> now;
  std::function<Nonce()> new_nonce;  // 16 random bytes
  Heads* heads = nullptr;
};

// The applied state, during one read.
class ShardView {
 public:
  ShardView(KeptState& state, Subjects& subjects, uint64_t position)
      : state_(state), subjects_(subjects), position_(position) {}

  Subjects& subjects() { return subjects_; }
  // Read-model rows after `after` that start with `prefix`, in byte order of their keys.
  Result<std::vector<IndexRow>> Scan(std::string_view prefix, std::string_view after,
                                     size_t limit) {
    return state_.Scan(prefix, after, limit);
  }
  // The number of valid events that the state holds.
  uint64_t position() const { return position_; }

 private:
  KeptState& state_;
  Subjects& subjects_;
  uint64_t position_;
};

// A read: runs on the shard's thread once the state holds `at_least` events and all that was
// acknowledged before the shard started, or by any instance before the read was given; with a
// status instead (kUnavailable, NOT_YET_READ) when that takes until `deadline`.
struct ShardRead {
  uint64_t at_least = 0;
  bool after_sources = false;  // also all that its sources' journals held when the read was given
  Monotonic deadline{};
  std::function<void(Result<ShardView>)> run;
};

struct ShardStatus {
  bool serving = false;  // it owns the partition
  bool assigned = false;
  bool caught_up = false;            // it has read to the end since it started
  std::optional<Status> failure;     // it will never serve again in this process
  std::optional<Status> unreadable;  // a journal cannot be read now; it is tried again
  ReaderState read;
  uint64_t behind = 0;  // records of the log not yet read
};

class Shard {
 public:
  Shard(ShardOptions options, ShardSurroundings surroundings);

  // Loads the state and proves that the log holds what it and the witnesses were made from. The
  // state is kept when this fails; a shard that failed refuses everything.
  Result<void> Start(const std::vector<journal::v1::Checkpoint>& witnesses);

  // Whether it may claim the partition; true at first, unless it is shared. An owner that may no
  // longer serves on until another claims.
  void SetAssigned(bool assigned) { assigned_ = assigned; }

  // From any thread.
  void Submit(Command command, Reply reply);
  void Read(ShardRead read);
  ShardStatus status() const;
  const LogPartition& partition() const { return options_.identity.partition; }

  // One step of everything. Returns whether another one is due at once.
  bool Step();
  // When the next step is due, if nobody signals before.
  Monotonic Due() const;
  // Takes nothing more; in flight is what is still to be read back. Step until IsDrained, then
  // Close.
  void Stop();
  bool IsDrained() const;
  // Flushes, and answers whoever still waits.
  void Close();

 private:
  struct WaitingRead {
    ShardRead read;
    std::vector<uint64_t>
        source_ends;  // offsets, in the order of the sources; none: it does not wait for them
    std::optional<uint64_t> end;  // of the journal, where it is shared
  };
  // Nothing: the log cannot be read now.
  Result<std::optional<size_t>> ReadJournal(const Moment& now, Effects& effects);
  Result<void> ApplyRecord(JudgedRecord& judged, const Moment& now);
  SourceReader* SourceOf(const journal::v1::SourceRange& range);
  Result<void> ApplySources(const journal::v1::Record& record, const Moment& now);
  // Runs `read` unless sources are left alone for a while; a source that cannot be read now is no
  // failure. False: it was not done.
  Result<bool> TrySources(const Moment& now, const std::function<Result<void>()>& read);
  Result<void> ReadSourcesAhead();
  void RunReads(const Moment& now);
  bool IsReadable(const WaitingRead& waits) const;
  bool Decide(const Moment& now, Effects& effects);
  Result<size_t> OfferSources(const Moment& now, BatchBuilder& builder);
  void RefuseMailbox(const Status& status, Effects& effects);
  void TakeMailbox();
  Result<void> FlushIfDue(const Moment& now);
  Result<void> Flush(const Moment& now);
  void Perform(Effects& effects);
  void SetFailed(const Status& status, const Moment& now, Effects& effects);
  void Publish();

  const ShardOptions options_;
  ShardSurroundings around_;
  KeptState state_;
  JournalReader reader_;
  std::vector<SourceReader> sources_;
  ReadBackOff journal_back_off_;
  ReadBackOff sources_back_off_;
  Owner owner_;
  std::deque<SubmittedCommand> to_decide_;
  std::deque<WaitingRead> to_read_;
  std::optional<Status> failure_;
  bool caught_up_ = false;  // has been the owner once, or read a shared journal to its end
  bool stopping_ = false;
  uint64_t flushed_through_ = 0;  // next offset of the stored checkpoint
  Monotonic last_flush_{};
  std::atomic<bool> assigned_;
  std::shared_ptr<std::atomic<bool>> reported_;  // by the log; only a planted fault looks

  mutable std::mutex mutex_;  // guards all below
  std::deque<SubmittedCommand> mailbox_;
  std::deque<WaitingRead> reads_;
  bool closed_ = false;
  ShardStatus status_;
};

}  // namespace holdfast
