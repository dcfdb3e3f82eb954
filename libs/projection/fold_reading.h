// Partitions of journals, each read as far as it goes, into one fold.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "libs/journal/read_back_off.h"
#include "libs/projection/fold.h"

namespace holdfast {

// Event numbers by partition.
using EventPositions = std::vector<std::pair<LogPartition, uint64_t>>;
// By partition the offset that its next record will have.
using LogEnds = std::vector<std::pair<LogPartition, uint64_t>>;

// How far a partition is read.
struct PartitionRead {
  LogPartition partition;
  ReaderState read;
  std::optional<Status> failure;
  std::optional<Status> unreadable;  // the journal cannot be read now; it is tried again
};

// Used by one thread.
class FoldReading {
 public:
  // `log` and `fold` outlive it.
  FoldReading(const std::vector<JournalIdentity>& journals, EventLog& log, Fold& fold);

  // Proves that each log holds what was stored from it and what the HEAD file says. The first that
  // could not start; the others are read.
  Result<void> Start(const journal::v1::Head& witness);

  struct Round {
    bool more = false;     // records were read: there may be more
    bool applied = false;  // new events
  };
  // Reads up to `bytes` of each partition that can be read.
  Round ReadOn(size_t bytes);
  // Stores what is not stored yet.
  void Store();

  bool is_stored() const;
  bool is_readable() const;  // none waits to be tried again
  // The first of all partitions.
  std::optional<Status> failure() const;
  bool HasReached(const EventPositions& positions, const LogEnds& ends) const;
  // Whether each partition is read as far as `other` has it.
  bool IsAsFarAs(const FoldReading& other) const;
  std::vector<PartitionRead> status() const;

 private:
  struct Journal {
    JournalReader reader;
    uint64_t stored_through = 0;
    std::optional<Status> failure;
    ReadBackOff back_off = {};
  };

  Result<void> StartOne(Journal& journal, const journal::v1::Head& witness);
  Result<size_t> ReadOne(Journal& journal, size_t bytes, bool& applied);
  const Journal* Find(const LogPartition& partition) const;

  Fold& fold_;
  std::vector<std::unique_ptr<Journal>> journals_;
};

}  // namespace holdfast
