// Who read a child's personal data: a read model of the audit journal, which finds a read of many
// children for each of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "holdfast/audit/v1/audit_service.pb.h"
#include "libs/projection/fold.h"
#include "libs/projection/model_rows.h"

namespace holdfast::audit {

// A read with its place: reads of a child in the order of their keys, oldest first.
struct LoggedRead {
  std::string key;  // recorded_at(8) partition(4) event(8), big-endian
  v1::ReadView view;
};

// Where its rows are in the service's database: after the shards' own.
ModelRows ReadLogRows(OpenPart open, uint32_t partition_count);

// The checkpoint that a partition's rows stand at, from its part; nothing when none are stored.
Result<std::optional<journal::v1::Checkpoint>> StoredPlace(StateStore& part);

// Used on its reader's thread.
class ReadLog final : public Fold {
 public:
  ReadLog(const OpenPart& open_part, uint32_t partition_count);

  Result<std::optional<journal::v1::Checkpoint>> Load(const LogPartition& partition) override;
  Result<void> Apply(const LogPartition& partition, const AppliedEvent& event) override;
  Result<void> Store(const LogPartition& partition,
                     const journal::v1::Checkpoint& checkpoint) override;

  // The first `limit` reads of `child` after the one with key `after`.
  Result<std::vector<LoggedRead>> Find(const SubjectId& child, std::string_view after,
                                       size_t limit);

 private:
  struct Part {
    std::unique_ptr<StateStore> store;
    RowChanges unstored;
  };
  Part& Of(const LogPartition& partition) { return parts_.at(partition.partition); }

  std::vector<Part> parts_;
};

}  // namespace holdfast::audit
