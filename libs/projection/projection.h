// Readers of journals that have no journal of their own: they fold valid events into rows, and keep
// their place with them.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "libs/journal/journal_reader.h"
#include "libs/journal/read_back_off.h"
#include "libs/shard/keeper.h"

namespace holdfast {

// What a read model is to its reader. Called on the reader's thread.
class Fold {
 public:
  virtual ~Fold() = default;
  // Where the rows stand that are stored for this partition; nothing when none are.
  virtual Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) = 0;
  // Takes one valid event into memory. A status is a poison event: the partition is read no
  // further.
  virtual Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) = 0;
  // Stores what was applied, with the place, in one write.
  virtual Result<void> Store(const LogPartition& partition,
                             const journal::v1::Checkpoint& checkpoint) = 0;
};

// Gives `fold` the events of a valid batch that `reader` has just read.
Result<void> ApplyEventsOf(const journal::v1::Record& batch, const JournalReader& reader,
                           Fold& fold);

// All partitions of a service's journal, in order.
std::vector<JournalIdentity> JournalsOf(const std::string& service, uint32_t partition_count);

// Reads partitions of any journals on one thread.
class Projection {
 public:
  struct Options {
    std::vector<JournalIdentity> journals;
    size_t read_bytes = 1 << 20;
    std::chrono::milliseconds store_every{100};
    std::function<void()>
        on_new;  // called on the reader's thread after new valid events were applied; may be empty
  };
  struct PartitionStatus {
    LogPartition partition;
    ReaderState read;
    std::optional<Status> failure;
    std::optional<Status> unreadable;  // the journal cannot be read now; it is tried again
  };

  Projection(Options options, EventLog& log, Fold& fold);
  ~Projection();  // stops

  // Proves that each log holds what was stored from it and what the HEAD file says, and starts to
  // read. The first that could not start; the others are read.
  Result<void> Start(const journal::v1::Head& witness);
  void Stop();

  // Runs `read` on the reader's thread once all `positions` (event numbers by partition) are
  // applied; with a status when that takes until `deadline`. Thread-safe.
  using Positions = std::vector<std::pair<LogPartition, uint64_t>>;
  void Read(Positions positions, Monotonic deadline, std::function<void(Result<void>)> read);
  // The same, once all that the logs hold now is applied too: whatever was acknowledged before this
  // call.
  void ReadLatest(Positions positions, Monotonic deadline, std::function<void(Result<void>)> read);

  std::vector<PartitionStatus> status() const;

 private:
  struct Journal {
    JournalReader reader;
    uint64_t stored_through = 0;
    std::optional<Status> failure;
    ReadBackOff back_off = {};
  };
  using Ends =
      std::vector<std::pair<LogPartition, uint64_t>>;  // offset that the next record will have
  struct WaitingRead {
    Positions positions;
    Ends ends;
    Monotonic deadline;
    std::function<void(Result<void>)> read;
  };

  Result<void> StartOne(Journal& journal, const journal::v1::Head& witness);
  void Run();
  bool ReadAll();
  void StoreAll();
  void RunReads();
  void RefuseReads();
  void Wait(WaitingRead read);
  const Journal* Find(const LogPartition& partition) const;
  bool HasRead(const WaitingRead& read) const;
  void Signal();
  void Publish();

  const Options options_;
  EventLog& log_;
  Fold& fold_;
  std::vector<std::unique_ptr<Journal>> journals_;
  std::vector<WaitingRead> to_read_;
  Monotonic last_store_{};
  std::vector<EventLog::Watcher> watchers_;

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wakes_;
  bool signalled_ = true;
  bool stopping_ = false;
  std::vector<WaitingRead> reads_;
  std::vector<PartitionStatus> status_;

  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
