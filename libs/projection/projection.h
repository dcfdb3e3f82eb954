// Readers of journals that have no journal of their own: they fold valid events into rows, and keep
// their place with them.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "libs/projection/fold_reading.h"

namespace holdfast {

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
  // A fold that is made from the beginning beside the one that serves.
  struct Successor {
    Fold* fold;  // outlives the projection, or what ends it
    // Called on the reader's thread once the fold is stored as far as the one that serves is read:
    // from then on it is the one that serves, and the other is not called any more. With a status
    // all stays as it was.
    std::function<Result<void>()> take_over;
    // Called once on the reader's thread when it has taken over, or cannot.
    std::function<void(Result<void>)> ended;
  };
  using Positions = EventPositions;

  // `log` and `fold` outlive it.
  Projection(Options options, EventLog& log, Fold& fold);
  ~Projection();  // stops

  // Proves that each log holds what was stored from it and what the HEAD file says, and starts to
  // read. The first that could not start; the others are read.
  Result<void> Start(const journal::v1::Head& witness);
  void Stop();

  // Runs `read` on the reader's thread once all `positions` are applied; with a status when that
  // takes until `deadline`. Thread-safe.
  void Read(Positions positions, Monotonic deadline, std::function<void(Result<void>)> read);
  // The same, once all that the logs hold now is applied too: whatever was acknowledged before this
  // call.
  void ReadLatest(Positions positions, Monotonic deadline, std::function<void(Result<void>)> read);

  // Reads all journals from where `next` stands, between the reads of the fold that serves. One at
  // a time; after Start. One that has not ended when this stops is not told. Thread-safe.
  void Succeed(Successor next);

  std::vector<PartitionRead> status() const;
  // Of the successor; none where there is none.
  std::vector<PartitionRead> successor_status() const;

 private:
  struct WaitingRead {
    Positions positions;
    LogEnds ends;
    Monotonic deadline;
    std::function<void(Result<void>)> read;
  };

  void Run();
  bool WaitForWork(bool more);
  bool ReadSuccessor();
  void EndSuccession(Result<void> result);
  void StoreAll();
  void RunReads();
  void RefuseReads();
  void Wait(WaitingRead read);
  void Signal();
  void Publish();

  const Options options_;
  EventLog& log_;
  journal::v1::Head witness_;
  std::unique_ptr<FoldReading> serving_;
  std::optional<Successor> successor_;
  std::unique_ptr<FoldReading> succeeding_;  // reads for the successor
  std::vector<WaitingRead> to_read_;
  Monotonic last_store_{};
  std::vector<EventLog::Watcher> watchers_;

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wakes_;
  bool signalled_ = true;
  bool stopping_ = false;
  std::optional<Successor> to_succeed_;
  std::vector<WaitingRead> reads_;
  std::vector<PartitionRead> status_;
  std::vector<PartitionRead> successor_status_;

  std::thread thread_;  // last: uses all above
};

}  // namespace holdfast
