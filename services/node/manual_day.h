// The day of a manual clock: what an operator said last. Kept in DATA/day, a checked file of one
// line: "2026-04-01"; or by all instances together, in the row "day" of a table.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "libs/base/civil_date.h"
#include "libs/base/status.h"
#include "libs/eventlog/shared_table.h"

namespace holdfast {

// Thread-safe.
class ManualDay {
 public:
  static Result<void> Create(const std::filesystem::path& path, CivilDate day);
  // FILE_DAMAGED.
  static Result<std::unique_ptr<ManualDay>> Open(const std::filesystem::path& path);

  // Which starts with `first`. The table outlives it.
  static std::unique_ptr<ManualDay> OpenShared(SharedTable& table, CivilDate first);

  CivilDate day() const;
  // Durable when it returns; the day it is already is no error. CLOCK_BACKWARDS (kInvalidArgument)
  // for an earlier one.
  Result<void> Set(CivilDate day);

 private:
  ManualDay(std::filesystem::path path, SharedTable* table, CivilDate day)
      : path_(std::move(path)), table_(table), day_(day) {}

  const std::filesystem::path path_;  // or
  SharedTable* const table_;          // not null
  std::mutex writing_;                // held from looking to writing
  mutable std::mutex mutex_;          // guards day_
  CivilDate day_;                     // in a file now, or in a table at first
};

}  // namespace holdfast
