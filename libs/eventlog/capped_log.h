// A log as it was at earlier ends, for a reader that must go no further. Appending to it is a bug.
#pragma once

#include <algorithm>
#include <map>

#include "libs/base/check.h"
#include "libs/eventlog/event_log.h"

namespace holdfast {

class CappedLog final : public EventLog {
 public:
  // `ends`: offsets at which partitions end; those not named end where they do in `log`, which
  // outlives this.
  CappedLog(EventLog& log, std::map<LogPartition, uint64_t> ends)
      : log_(log), ends_(std::move(ends)) {}

  std::string Id(const LogPartition& partition) const override { return log_.Id(partition); }
  void Append(const LogPartition&, std::string, Reported) override { HOLDFAST_CHECK(false); }
  Result<std::vector<LogRecord>> Read(const LogPartition& partition, uint64_t from,
                                      size_t limit_bytes) override {
    const auto end = ends_.find(partition);
    if (end != ends_.end() && from >= end->second) return std::vector<LogRecord>{};
    auto records = log_.Read(partition, from, limit_bytes);
    if (!records || end == ends_.end()) return records;
    std::erase_if(*records, [&](const LogRecord& record) { return record.offset >= end->second; });
    return records;
  }
  Result<uint64_t> End(const LogPartition& partition) override {
    const auto end = ends_.find(partition);
    return log_.End(partition).map(
        [&](uint64_t all) { return end == ends_.end() ? all : std::min(all, end->second); });
  }
  Watcher Watch(const LogPartition& partition, Wake wake) override {
    return log_.Watch(partition, std::move(wake));
  }

 private:
  EventLog& log_;
  const std::map<LogPartition, uint64_t> ends_;
};

}  // namespace holdfast
