// What can still be read of a damaged embedded log, as a log of its own. A row of a log is written
// once and never changed, so each row whose checksum holds is what was once appended, in whatever
// file it is found.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "libs/eventlog/event_log.h"

namespace holdfast {

struct SalvageOptions {
  std::filesystem::path damaged;  // only read; may lack any of its files, or not be there at all
  std::filesystem::path copy;     // made
  std::vector<LogPartition> partitions;  // all that there can be
  std::string log_id;  // the log's, where its own row of it is lost; blank: not known
};

// Makes `copy`: of each partition the records from the first to the one before the first that
// cannot be read. Returns what of the damaged log could not be read, a line each.
Result<std::vector<std::string>> SalvageLog(const SalvageOptions& options);

// Takes the records at and after these offsets out of a log that nobody has open.
Result<void> CutLog(const std::filesystem::path& folder,
                    const std::map<LogPartition, uint64_t>& ends);

}  // namespace holdfast
