// What a data folder was made with, and where things lie in it.
//
//   DATA/format         a checked file: "holdfast data 1", "partitions N", "clock system|manual", a
//   line each, and where
//                       the log is shared "deployment ID", "instance ID". Written last when the
//                       folder is made: a folder with other files and without it is never taken
//                       for new.
//   DATA/making         there while the folder is made
//   DATA/day            the day of a manual clock (services/node/manual_day.h)
//   DATA/HEAD           heads of the journals (libs/journal/head_file.h)
//   DATA/log/           the event log              DATA/keystore/      wrapped data keys
//   DATA/state/NAME/    a service's state          DATA/logs/          the program's own log
//   DATA/lock           held by who serves it      DATA/run.json       where that is reached
//   DATA/repaired, repairing, aside-TIME/          of a repair (services/node/repaired_log.h)
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "libs/base/status.h"
#include "services/node/clock_mode.h"

namespace holdfast {

inline constexpr uint32_t kMostPartitions = 1024;

struct DataFormat {
  uint32_t partition_count = 16;  // 1 to kMostPartitions
  ClockMode clock = ClockMode::kSystem;
  // Of an instance on a log that several share: whose state it holds, and by what name others know
  // it, in hex. Blank: the log is in the folder.
  std::string deployment;
  std::string instance;

  bool is_shared() const { return !deployment.empty(); }
  bool operator==(const DataFormat&) const = default;
};

enum class DataFolderState { kNone, kBeingMade, kMade };

// kNone when there is no folder or an empty one. DATA_DAMAGED when it holds files but not its
// format.
Result<DataFolderState> LookAtDataFolder(const std::filesystem::path& data);

// NO_DATA (kFailedPrecondition) when the folder was never made; FILE_DAMAGED.
Result<DataFormat> ReadDataFormat(const std::filesystem::path& data);
Result<void> WriteDataFormat(const std::filesystem::path& data, const DataFormat& format);

namespace data_path {
using Path = std::filesystem::path;
inline Path Format(const Path& data) { return data / "format"; }
inline Path Making(const Path& data) { return data / "making"; }
inline Path Day(const Path& data) { return data / "day"; }
inline Path Head(const Path& data) { return data / "HEAD"; }
inline Path Log(const Path& data) { return data / "log"; }
inline Path KeyStore(const Path& data) { return data / "keystore"; }
inline Path State(const Path& data) { return data / "state"; }
inline Path Logs(const Path& data) { return data / "logs"; }
}  // namespace data_path

}  // namespace holdfast
