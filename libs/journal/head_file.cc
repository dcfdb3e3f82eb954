#include "libs/journal/head_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "libs/base/crash_point.h"

namespace holdfast {
namespace {

std::string Sign(const HeadKey& key, std::string_view bytes) {
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         key.data());
  return mac;
}

tl::unexpected<Status> Unwritten(const std::filesystem::path& path) {
  return Fail(StatusCode::kUnavailable, "HEAD_NOT_WRITTEN",
              path.string() + ": " + std::strerror(errno));
}

// Writes and syncs; true when both succeeded.
bool WriteSynced(const std::filesystem::path& path, std::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written =
      write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  const bool synced = written && fsync(file) == 0;
  return close(file) == 0 && synced;
}

bool SyncFolder(const std::filesystem::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  return close(file) == 0 && synced;
}

}  // namespace

Result<journal::v1::Head> ReadHeadFile(const std::filesystem::path& path, const HeadKey& key) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fail(StatusCode::kNotFound, "NO_HEAD", path.string() + " does not exist");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  journal::v1::SignedHead signed_head;
  journal::v1::Head head;
  if (!signed_head.ParseFromString(bytes.str()) || signed_head.SerializeAsString() != bytes.str() ||
      Sign(key, signed_head.head()) != signed_head.mac() ||
      !head.ParseFromString(signed_head.head())) {
    return Fail(StatusCode::kDataLoss, "HEAD_NOT_TRUSTED",
                path.string() + " is damaged, or signed with another key");
  }
  return head;
}

Result<void> WriteHeadFile(const std::filesystem::path& path, const HeadKey& key,
                           const journal::v1::Head& head) {
  journal::v1::SignedHead signed_head;
  signed_head.set_head(head.SerializeAsString());
  signed_head.set_mac(Sign(key, signed_head.head()));
  const std::filesystem::path beside = path.string() + ".new";
  if (!WriteSynced(beside, signed_head.SerializeAsString())) return Unwritten(beside);
  CrashPoint("head.before_rename");
  if (rename(beside.c_str(), path.c_str()) != 0) return Unwritten(path);
  if (!SyncFolder(path.parent_path())) return Unwritten(path);
  CrashPoint("head.after_rename");
  return {};
}

Heads::Heads(const journal::v1::Head& before) {
  for (const auto& checkpoint : before.checkpoints()) {
    newest_[{checkpoint.claim().service(), checkpoint.claim().partition()}] = checkpoint;
  }
}

void Heads::Report(const LogPartition& partition, const journal::v1::Checkpoint& checkpoint) {
  std::lock_guard lock(mutex_);
  journal::v1::Checkpoint& newest = newest_[partition];
  if (newest.next_offset() >= checkpoint.next_offset()) return;
  newest = checkpoint;
  changed_ = true;
}

std::optional<journal::v1::Head> Heads::TakeChanged(Instant now) {
  std::lock_guard lock(mutex_);
  if (!changed_) return std::nullopt;
  changed_ = false;
  journal::v1::Head head;
  head.set_written_at(now.time_since_epoch().count());
  for (const auto& [partition, checkpoint] : newest_) *head.add_checkpoints() = checkpoint;
  return head;
}

std::optional<journal::v1::Checkpoint> WitnessFor(const journal::v1::Head& head,
                                                  const LogPartition& partition) {
  for (const auto& checkpoint : head.checkpoints()) {
    if (checkpoint.claim().service() == partition.service &&
        checkpoint.claim().partition() == partition.partition) {
      return checkpoint;
    }
  }
  return std::nullopt;
}

}  // namespace holdfast
