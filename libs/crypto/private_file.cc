#include "libs/crypto/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostBytes = 1 << 20;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

class File {
 public:
  File(const fs::path& path, int flags, mode_t mode = 0)
      : number_(open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (number_ >= 0) close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool IsOpen() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Status> SystemFailure(const char* what, const fs::path& path) {
  return Fail(StatusCode::kInternal, "FILE_UNWRITABLE",
              std::string(what) + " " + path.string() + ": " + std::strerror(errno));
}

tl::unexpected<Status> NotPrivate(const fs::path& path) {
  return Fail(
      StatusCode::kFailedPrecondition, "KEYS_NOT_PRIVATE",
      path.string() +
          " can be reached by others than its owner; take their rights away with: chmod go= " +
          path.string());
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// A file beside `path`, complete and synced, under a name that nothing reads.
Result<fs::path> WriteBeside(const fs::path& path, std::string_view bytes, FileMode mode) {
  fs::path beside = path;
  beside += ".new." + std::to_string(getpid());
  unlink(beside.c_str());
  const File file(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (!file.IsOpen()) return SystemFailure("cannot create", beside);
  if (!WriteAll(file.number(), bytes) || fchmod(file.number(), static_cast<mode_t>(mode)) != 0 ||
      fsync(file.number()) != 0) {
    auto failure = SystemFailure("cannot write", beside);
    unlink(beside.c_str());
    return failure;
  }
  return beside;
}

}  // namespace

Result<void> SyncFolder(const fs::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (!file.IsOpen() || fsync(file.number()) != 0) return SystemFailure("cannot sync", folder);
  return {};
}

Result<void> MakePrivateFolder(const fs::path& folder) {
  std::error_code ignored;
  const fs::path parent = folder.parent_path();
  if (!parent.empty() && parent != folder && !fs::exists(parent, ignored)) {
    if (auto made = MakePrivateFolder(parent); !made) return made;
  }
  if (mkdir(folder.c_str(), S_IRWXU) == 0)
    return SyncFolder(parent.empty() ? fs::path(".") : parent);
  if (errno != EEXIST) return SystemFailure("cannot make the folder", folder);
  struct stat facts {};
  if (stat(folder.c_str(), &facts) != 0) return SystemFailure("cannot look at", folder);
  if ((facts.st_mode & kOthers) != 0) return NotPrivate(folder);
  return {};
}

Result<void> CreatePrivateFile(const fs::path& path, std::string_view bytes, FileMode mode) {
  const auto beside = WriteBeside(path, bytes, mode);
  if (!beside) return tl::unexpected(beside.error());
  const int linked = link(beside->c_str(), path.c_str());
  const int error = errno;
  unlink(beside->c_str());
  if (linked != 0) {
    if (error == EEXIST)
      return Fail(StatusCode::kFailedPrecondition, "FILE_EXISTS", path.string() + " exists");
    errno = error;
    return SystemFailure("cannot create", path);
  }
  return SyncFolder(path.parent_path());
}

Result<void> ReplacePrivateFile(const fs::path& path, std::string_view bytes, FileMode mode) {
  const auto beside = WriteBeside(path, bytes, mode);
  if (!beside) return tl::unexpected(beside.error());
  if (rename(beside->c_str(), path.c_str()) != 0) return SystemFailure("cannot replace", path);
  return SyncFolder(path.parent_path());
}

Result<std::string> ReadPrivateFile(const fs::path& path) {
  const File file(path, O_RDONLY);
  if (!file.IsOpen()) {
    return errno == ENOENT
               ? Fail(StatusCode::kNotFound, "FILE_MISSING", path.string() + " is missing")
               : Fail(StatusCode::kInternal, "FILE_UNREADABLE",
                      path.string() + ": " + std::strerror(errno));
  }
  struct stat facts {};
  if (fstat(file.number(), &facts) != 0) return SystemFailure("cannot look at", path);
  if ((facts.st_mode & kOthers) != 0) return NotPrivate(path);
  if (!S_ISREG(facts.st_mode) || static_cast<size_t>(facts.st_size) > kMostBytes) {
    return Fail(StatusCode::kInternal, "FILE_UNREADABLE", path.string() + " is not a small file");
  }
  std::string bytes(static_cast<size_t>(facts.st_size), '\0');
  size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t more = read(file.number(), bytes.data() + have, bytes.size() - have);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0)
      return Fail(StatusCode::kInternal, "FILE_UNREADABLE", path.string() + " cannot be read");
    have += static_cast<size_t>(more);
  }
  return bytes;
}

Result<void> ShredPrivateFile(const fs::path& path) {
  if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) return SystemFailure("cannot destroy", path);
  const File file(path, O_WRONLY | O_NOFOLLOW);
  struct stat facts {};
  if (!file.IsOpen() || fstat(file.number(), &facts) != 0 ||
      !WriteAll(file.number(), std::string(static_cast<size_t>(facts.st_size), '\0')) ||
      fsync(file.number()) != 0 || unlink(path.c_str()) != 0) {
    return SystemFailure("cannot destroy", path);
  }
  return SyncFolder(path.parent_path());
}

}  // namespace holdfast
