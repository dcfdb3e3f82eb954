// A repaired log takes the place of the damaged one, with its HEAD and without the states made from
// it; however often that is cut off, it is finished.
//
//   DATA/repaired/     the salvaged log and its HEAD, while they are made
//   DATA/repairing     a checked file: they are complete, and take their places; its line names the
//   folder kept aside DATA/aside-TIME/   what they replaced, mode 0700
#pragma once

#include <filesystem>
#include <string>

#include "libs/base/status.h"

namespace holdfast {

inline std::filesystem::path RepairedFolder(const std::filesystem::path& data) {
  return data / "repaired";
}

// From here on a repair only goes forward. `aside`: the name of a folder in `data`.
Result<void> BeginToReplace(const std::filesystem::path& data, const std::string& aside);
Result<void> PutInPlace(const std::filesystem::path& data, const std::filesystem::path& aside);
// The name that an unfinished repair keeps things under; blank: there is none.
Result<std::string> UnfinishedRepair(const std::filesystem::path& data);

// REPAIR_UNFINISHED when a repair was cut off while it put things in their places.
Result<void> RequireNoUnfinishedRepair(const std::filesystem::path& data);

// Renames where there is something to rename and nothing in its place yet: to do it again is no
// error.
Result<void> MoveOnce(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace holdfast
