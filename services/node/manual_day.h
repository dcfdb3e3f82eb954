// The day of a manual clock: what an operator said last. Kept in DATA/day, a checked file of one
// line: "2026-04-01".
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>

#include "libs/base/civil_date.h"
#include "libs/base/status.h"

namespace holdfast {

// Thread-safe.
class ManualDay {
 public:
  static Result<void> Create(const std::filesystem::path& path, CivilDate day);
  // FILE_DAMAGED.
  static Result<std::unique_ptr<ManualDay>> Open(const std::filesystem::path& path);

  CivilDate day() const;
  // Durable when it returns; the day it is already is no error. CLOCK_BACKWARDS (kInvalidArgument)
  // for an earlier one.
  Result<void> Set(CivilDate day);

 private:
  ManualDay(std::filesystem::path path, CivilDate day) : path_(std::move(path)), day_(day) {}

  const std::filesystem::path path_;
  std::mutex writing_;        // held from looking to writing
  mutable std::mutex mutex_;  // guards day_
  CivilDate day_;
};

}  // namespace holdfast
