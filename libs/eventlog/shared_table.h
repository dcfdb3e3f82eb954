// A table that all instances of a deployment have: each key's newest value, in the order in which
// one log took them. Small enough to be held in memory.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

struct TableRow {
  std::string key;
  std::string value;

  bool operator==(const TableRow&) const = default;
};

// Thread-safe.
class SharedTable {
 public:
  // Called for each row in its order, also those that were there before; on the table's own thread.
  using Follow = std::function<void(const TableRow&)>;

  virtual ~SharedTable() = default;

  // Writes the rows, and returns once this instance has read them back: every other will. With
  // kUnavailable, OUTCOME_UNKNOWN when that takes too long: they may come yet.
  virtual Result<void> Put(const std::vector<TableRow>& rows) = 0;

  // As far as this instance has read.
  virtual std::optional<std::string> Get(const std::string& key) const = 0;

  // Reads all that the table held when this was called. NOT_YET_READ (kUnavailable).
  virtual Result<void> CatchUp() = 0;

  // All rows, in the order of their keys, as far as this instance has read.
  virtual std::map<std::string, std::string> All() const = 0;

  // Begins to call `follow`, which must outlive the table's use; at most one.
  virtual void FollowWith(Follow follow) = 0;
};

// One that the connections of one process share, for tests: what is put is there at once.
class SimulatedTable final : public SharedTable {
 public:
  Result<void> Put(const std::vector<TableRow>& rows) override {
    const std::lock_guard lock(mutex_);
    for (const TableRow& row : rows) {
      rows_[row.key] = row.value;
      if (follow_) follow_(row);
    }
    return {};
  }
  std::optional<std::string> Get(const std::string& key) const override {
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(key);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }
  Result<void> CatchUp() override { return {}; }
  std::map<std::string, std::string> All() const override {
    const std::lock_guard lock(mutex_);
    return rows_;
  }
  void FollowWith(Follow follow) override {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, value] : rows_) follow({key, value});
    follow_ = std::move(follow);
  }

 private:
  mutable std::recursive_mutex mutex_;  // a follower may put
  std::map<std::string, std::string> rows_;
  Follow follow_;
};

}  // namespace holdfast
