// The topics that a deployment is copied to.
#pragma once

#include <memory>

#include "services/node/data_format.h"
#include "services/node/shared_journals.h"

namespace holdfast {

// Opened for a copy of a deployment of this format and, with a manual clock, of this day.
// DEPLOYMENT_DIFFERS when the topics were made for another number of partitions or clock;
// INSTANCES_RUN; TARGET_NOT_EMPTY, unless of a copy that was cut off; failures of SharedJournals.
Result<std::unique_ptr<SharedJournals>> OpenCopyTarget(const KafkaSettings& kafka,
                                                       const DataFormat& format, CivilDate day);

// What comes after the journals: the keys, and the day of a manual clock.
Result<void> FinishCopy(SharedJournals& target, const DataFormat& format, CivilDate day,
                        const std::map<std::string, std::string>& keys);

}  // namespace holdfast
