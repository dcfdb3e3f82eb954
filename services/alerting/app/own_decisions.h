// What alerting does by itself: policies and days that come into force, and children computed anew.
#pragma once

#include <vector>

#include "holdfast/alerting/v1/alerting_commands.pb.h"
#include "libs/shard/keeper.h"
#include "services/alerting/domain/compute_child.h"

namespace holdfast::alerting {

// Where a command is decided.
struct OwnContext {
  Subjects& subjects;
  const SubjectId& subject;  // of the command
  uint32_t partition_count;
};

Result<Decision> DecideByItself(const OwnContext& context, const v1::AlertingCommand& command);

// What brings a child's alerts up to what is known; none while its partition has no policy or no
// day.
std::vector<NewEvent> ComputeAnew(Subjects& subjects, const SubjectId& child,
                                  uint32_t partition_count);

// What follows for the child from the events of a command, which are not yet applied.
std::vector<NewEvent> AfterHandling(ChildAlerts alerts, const Events& events,
                                    const ChildKnown& known);

}  // namespace holdfast::alerting
