// Which instance owns each partition, as far as this one has been told. Who decides is the claim in
// the partition: this is only where to knock.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "libs/eventlog/event_log.h"

namespace holdfast {

struct OwnerAddress {
  std::string instance;  // its id
  std::string endpoint;  // HOST:PORT where it is reached
  uint64_t epoch = 0;    // of its claim

  bool operator==(const OwnerAddress&) const = default;
};

// Thread-safe.
class Owners {
 public:
  // What was told last of the highest epoch counts.
  void Note(const LogPartition& partition, OwnerAddress owner) {
    const std::lock_guard lock(mutex_);
    auto& known = owners_[partition];
    if (owner.epoch >= known.epoch) known = std::move(owner);
  }
  std::optional<OwnerAddress> Find(const LogPartition& partition) const {
    const std::lock_guard lock(mutex_);
    const auto found = owners_.find(partition);
    return found == owners_.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<LogPartition, OwnerAddress> All() const {
    const std::lock_guard lock(mutex_);
    return owners_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<LogPartition, OwnerAddress> owners_;
};

}  // namespace holdfast
