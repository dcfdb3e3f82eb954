#include "services/node/folder_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace holdfast {
namespace {

std::filesystem::path LockPath(const std::filesystem::path& data) { return data / "lock"; }

// Locks of an open file, not of a process: they stay when another of its descriptors is closed.
struct flock WholeFile() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

}  // namespace

Result<FolderLock> FolderLock::Take(const std::filesystem::path& data) {
  const int file = open(LockPath(data).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return Fail(StatusCode::kFailedPrecondition, "FOLDER_NOT_USABLE",
                "cannot write " + LockPath(data).string() + ": " + std::strerror(errno));
  }
  struct flock lock = WholeFile();
  if (fcntl(file, F_OFD_SETLK, &lock) == 0) return FolderLock(file);
  close(file);
  return Fail(StatusCode::kFailedPrecondition, "FOLDER_IN_USE",
              "another holdfast already serves the data folder " + data.string());
}

bool FolderLock::IsHeld(const std::filesystem::path& data) {
  const int file = open(LockPath(data).c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock = WholeFile();
  const bool held = fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(file);
  return held;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace holdfast
