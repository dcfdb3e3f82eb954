#include "services/node/unreadable_journals.h"

namespace holdfast {

void UnreadableJournals::Look(const PartitionRows& here) {
  for (const auto& row : here) {
    const LogPartition partition{row.service(), row.partition()};
    const LogField service("service", PlainText{partition.service});
    const LogField number("partition", partition.partition);
    if (row.unreadable().empty()) {
      if (told_.erase(partition) > 0)
        log_.Info("a partition's journals can be read again", {service, number});
    } else if (told_.insert(partition).second) {
      log_.Warning("a partition's journals cannot be read now; it is tried again",
                   {service, number, {"detail", PlainText{row.unreadable()}}});
    }
  }
}

}  // namespace holdfast
