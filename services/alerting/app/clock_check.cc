#include "services/alerting/app/clock_check.h"

#include <algorithm>

#include "libs/journal/record.h"

namespace holdfast::alerting {
namespace {

constexpr std::chrono::days kMostAhead{20};
constexpr std::chrono::minutes kMostBehind{5};
constexpr uint64_t kLooksBack = 256;  // records: claims have no time

// When the newest batch of the partition was recorded; 0 where there is none.
Result<int64_t> NewestRecordedAt(EventLog& log, const LogPartition& partition) {
  const auto end = log.End(partition);
  if (!end) return tl::unexpected(end.error());
  for (uint64_t back = 1; back <= std::min(*end, kLooksBack); ++back) {
    const auto records = log.Read(partition, *end - back, 1);
    if (!records) return tl::unexpected(records.error());
    if (records->empty()) continue;
    const auto record = DecodeRecord(records->front().bytes);
    if (record && record->recorded_at() != 0) return record->recorded_at();
  }
  return 0;
}

}  // namespace

Result<std::string> WhyClockIsRefused(EventLog& log, uint32_t partition_count, Instant now) {
  int64_t newest_us = 0;
  for (uint32_t p = 0; p < partition_count; ++p) {
    const auto recorded_at = NewestRecordedAt(log, {"alerting", p});
    if (!recorded_at) return tl::unexpected(recorded_at.error());
    newest_us = std::max(newest_us, *recorded_at);
  }
  if (newest_us == 0) return "";
  const Instant newest{std::chrono::microseconds(newest_us)};
  if (now > newest + kMostAhead)
    return "the system's clock is over 20 days ahead of the newest record";
  if (now < newest - kMostBehind)
    return "the system's clock is over 5 minutes behind the newest record";
  return "";
}

}  // namespace holdfast::alerting
