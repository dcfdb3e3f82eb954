// Whose each subject is, as the first of its events that names a body says: a row for each,
// partition by partition of each published journal, with the reader's place. It never changes once
// it is there, so that an event goes to the same whenever it is read. The partitions of all
// journals are numbered one after the other, those of kPublished's first from 0: a part.
//
//   'b' subject(16)     the body (services/relay/domain/named_in.h)
//   'c' event(8)        Checkpoint of the journal's reader after so many events, in big-endian:
//   where to read on from 'k'                 format(1 byte: 1) Checkpoint of the rows
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "libs/projection/projection.h"
#include "libs/shard/state_store.h"
#include "services/relay/domain/journal_event.h"

namespace holdfast::relay {

// Gives another view of the same rows at each call: each is used by one thread.
using OpenStore = std::function<std::unique_ptr<StateStore>(uint32_t part)>;

uint32_t PartOf(const LogPartition& partition, uint32_t partition_count);
LogPartition PartitionOfPart(uint32_t part, uint32_t partition_count);

// Applied on the reader's thread; asked from any.
class BodyIndex final : public Fold {
 public:
  BodyIndex(uint32_t partition_count, const OpenStore& open_store);

  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) override;
  Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) override;
  Result<void> Store(const LogPartition& partition,
                     const journal::v1::Checkpoint& checkpoint) override;

  // Number of the last event applied.
  uint64_t through(const LogPartition& partition) const;
  // Blank: no event of the subject there has named one.
  Result<std::string> BodyOf(const LogPartition& partition, const SubjectId& subject);
  // A place at or before that event; nothing: the beginning.
  Result<std::optional<journal::v1::Checkpoint>> PlaceBefore(const LogPartition& partition,
                                                             uint64_t event);

 private:
  struct Part {
    std::unique_ptr<StateStore> store;  // of the reader's thread
    std::unique_ptr<StateStore> shown;  // of those who ask, under the mutex
    RowChanges unstored;                // changed by the reader's thread, under the mutex
    std::unique_ptr<google::protobuf::Message> message;  // its memory is used again
    uint64_t last_place = 0;
    std::atomic<uint64_t> through = 0;
  };

  Part& PartAt(const LogPartition& partition) const;
  Result<bool> IsKnown(Part& part, const std::string& row) const;

  const uint32_t partition_count_;
  std::vector<std::unique_ptr<Part>> parts_;
  mutable std::mutex mutex_;
};

}  // namespace holdfast::relay
