#include "services/node/copy_target.h"

#include "services/node/cluster.h"

namespace holdfast {

Result<std::unique_ptr<SharedJournals>> OpenCopyTarget(const KafkaSettings& kafka,
                                                       const DataFormat& format, CivilDate day) {
  auto shared = SharedJournals::Open(kafka);
  if (!shared) return shared;
  const DataFormat there = FormatOf((*shared)->deployment(), "");
  const bool is_manual = format.clock == ClockMode::kManual;
  if (there.partition_count != format.partition_count || there.clock != format.clock ||
      (is_manual && (*shared)->day().day() > day)) {
    return Fail(StatusCode::kFailedPrecondition, "DEPLOYMENT_DIFFERS",
                "the target's topics were made for another number of partitions or another clock; "
                "apply them with: --partitions " +
                    std::to_string(format.partition_count) + " --clock " +
                    std::string(Text(format.clock)) + (is_manual ? " --day " + day.Iso() : ""));
  }
  if (auto stopped = (*shared)->RequireStopped(); !stopped) return tl::unexpected(stopped.error());
  if (auto empty = (*shared)->RequireEmptyForCopy(); !empty) return tl::unexpected(empty.error());
  return shared;
}

Result<void> FinishCopy(SharedJournals& target, const DataFormat& format, CivilDate day,
                        const std::map<std::string, std::string>& keys) {
  if (auto put = target.PutKeyRecords(keys); !put) return put;
  if (format.clock == ClockMode::kSystem) return {};
  return target.day().Set(day);
}

}  // namespace holdfast
