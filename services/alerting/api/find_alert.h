// An alert by its id, which says nothing of the partition that holds it.
#pragma once

#include <functional>
#include <optional>

#include "services/alerting/api/reads.h"
#include "services/alerting/app/alerting_keeper.h"

namespace holdfast::alerting {

// What every alert is told that is not there or out of reach.
Status NoSuchAlert();

// An alert that the caller may see, with what it follows from; valid during the call of `use`.
struct FoundAlert {
  uint32_t partition;
  const SubjectId& child;
  const AuthorityCode& authority;
  const AlertingState& state;
  const Alert& alert;
  const std::optional<ChildKnown>& known;
};

struct AlertSearch {
  const common::v1::ReadHeader* header = nullptr;  // of a read; of the call's request
  std::function<void(const FoundAlert&)>
      use;  // called on a shard's thread, before `done`; not when there is none
  std::function<void(Result<void>)> done;  // UNKNOWN_ALERT: there is none, or it is out of reach
};

// Looks in every partition, in the same way whatever is there.
void FindAlert(const AlertingParts& parts, const AnyUnaryCall& call, const std::string& id,
               AlertSearch search);

}  // namespace holdfast::alerting
