// One process at a time serves a data folder: the lock that it holds on DATA/lock, and how others
// see that it is held.
#pragma once

#include <filesystem>

#include "libs/base/status.h"

namespace holdfast {

// Held until destroyed, and let go by the kernel when the process ends in any way.
class FolderLock {
 public:
  // FOLDER_IN_USE when another process holds it.
  static Result<FolderLock> Take(const std::filesystem::path& data);
  // Whether a process holds it; looking takes nothing.
  static bool IsHeld(const std::filesystem::path& data);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}

  int file_;
};

}  // namespace holdfast
