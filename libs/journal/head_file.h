// The HEAD file: the heads of all journals of a log, signed, outside the log. With it a log that
// lost its end is found out.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "libs/base/clock.h"
#include "libs/journal/checkpoint.h"

namespace holdfast {

using HeadKey = std::array<uint8_t, 32>;

// kNotFound when there is none; kDataLoss with HEAD_NOT_TRUSTED when its signature is not of `key`.
Result<journal::v1::Head> ReadHeadFile(const std::filesystem::path& path, const HeadKey& key);

// Replaces the file as a whole, durably.
Result<void> WriteHeadFile(const std::filesystem::path& path, const HeadKey& key,
                           const journal::v1::Head& head);

// The newest head of each partition, as its reader reports it. Thread-safe.
class Heads {
 public:
  // Starts from what the file holds, so that journals nobody reads now stay in it.
  explicit Heads(const journal::v1::Head& before = {});

  void Report(const LogPartition& partition, const journal::v1::Checkpoint& checkpoint);
  // What `path` should hold now; nothing when nothing has changed since this was last asked.
  std::optional<journal::v1::Head> TakeChanged(Instant now);

 private:
  std::mutex mutex_;  // guards all below
  std::map<LogPartition, journal::v1::Checkpoint> newest_;
  bool changed_ = false;
};

// The witness for `partition` in `head`, if it has one.
std::optional<journal::v1::Checkpoint> WitnessFor(const journal::v1::Head& head,
                                                  const LogPartition& partition);

}  // namespace holdfast
