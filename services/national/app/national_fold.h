// What national keeps of the journals: the rows of their events, partition by partition of each,
// with its own place. The partitions of all journals are numbered one after the other, those of
// kJournals' first from 0: a part.
//
//   key = 'k'    value = format(1 byte: 1) Checkpoint
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "libs/projection/fold.h"
#include "libs/projection/model_rows.h"
#include "services/national/app/event_rows.h"

namespace holdfast::national {

// The part of a partition, and the other way round.
uint32_t PartOf(const LogPartition& partition, uint32_t partition_count);
LogPartition PartitionOfPart(uint32_t part, uint32_t partition_count);

// Where its rows are in the service's database, which has no others.
ModelRows NationalRows(OpenPart open, uint32_t partition_count);

// How far each partition was applied, and the rows of one authority that are not yet stored. With
// the stores it gives all rows up to there, also when more is stored meanwhile.
struct ReadPoint {
  std::vector<uint64_t> events;      // by part: number of the last event
  std::vector<RowChanges> unstored;  // by part
};

// The place of a partition's rows; nothing where none are stored, or another version of this
// program stored them.
Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& store);

// Used on the reader's thread.
class NationalFold final : public Fold {
 public:
  NationalFold(uint32_t partition_count, const OpenPart& open_part);

  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) override;
  Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) override;
  Result<void> Store(const LogPartition& partition,
                     const journal::v1::Checkpoint& checkpoint) override;

  ReadPoint PointOf(std::string_view authority) const;

  // HISTORY_LOST (kDataLoss) when one of these events is gone: figures of then cannot be given
  // again.
  Result<void> RequireNotLost(const std::vector<uint64_t>& events) const;

 private:
  struct Part {
    std::unique_ptr<StateStore> store;
    RowChanges unstored;
    uint64_t events = 0;
  };

  const uint32_t partition_count_;
  std::vector<Part> parts_;
};

}  // namespace holdfast::national
