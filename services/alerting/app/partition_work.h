// What is to be done in a partition that no event of a child causes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/shard/shard.h"
#include "services/alerting/app/alerting_state.h"

namespace holdfast::alerting {

// Children that are all to be computed again, as far as one command takes them.
struct BehindChildren {
  SubjectId of;          // what concerns them: the partition, or its copy of an authority
  uint64_t through = 0;  // events of it
  std::vector<SubjectId> children;
  bool last = false;  // there are no more after these
};

// How far the children of a subject have been computed again; lost in a restart, after which they
// are computed from the start.
struct Progress {
  SubjectId of;
  uint64_t through = 0;
  SubjectId after;  // zero: none yet
};

struct PartitionWork {
  std::optional<CivilDate> day;  // the newest that began
  bool has_policy = false;       // that of the process
  std::optional<BehindChildren> behind;
  std::vector<SubjectId> due;         // children to be computed today, those longest due first
  std::optional<CivilDate> next_due;  // the first later day on which one is

  bool IsAtRest() const { return day && has_policy && !behind && due.empty(); }
};

struct WorkQuery {
  uint32_t partition = 0;
  uint32_t partition_count = 0;
  const v1::PolicyInForce& policy;  // of the process
  Progress progress;
  size_t children = 0;  // at most so many of each kind
};

Result<PartitionWork> FindWork(ShardView& view, const WorkQuery& query);

// Whether some children are still to be computed by what is known of their authority or policy, or the
// partition has no policy or day yet. `partition`: PartitionSubject.
Result<bool> IsBehind(ShardView& view, const SubjectId& partition);

}  // namespace holdfast::alerting
