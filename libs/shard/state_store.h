// Where a shard's state lies between starts: rows in byte order. It can always be rebuilt from the
// journal.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

struct StoredRow {
  std::string key;
  std::string value;

  bool operator==(const StoredRow&) const = default;
};

// Rows to put, and without a value, to delete.
using RowChanges = std::map<std::string, std::optional<std::string>, std::less<>>;

// Used by one thread.
class StateStore {
 public:
  virtual ~StateStore() = default;
  virtual Result<std::optional<std::string>> Get(std::string_view key) = 0;
  // The first `limit` rows whose keys are after `after` and start with `prefix`.
  virtual Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                              size_t limit) = 0;
  // All or nothing; after a crash a suffix of such writes may be gone.
  virtual Result<void> Write(const RowChanges& changes) = 0;
  // Deletes every row.
  virtual Result<void> Wipe() = 0;
};

// Rows in memory; Crash loses what was written since the last Sync, from some write on.
class MemoryStateStore final : public StateStore {
 public:
  Result<std::optional<std::string>> Get(std::string_view key) override;
  Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                      size_t limit) override;
  Result<void> Write(const RowChanges& changes) override;
  Result<void> Wipe() override;

  void Sync();
  // Keeps the first `kept` writes since the last Sync.
  void Crash(size_t kept);
  size_t unsynced_writes() const { return undo_.size(); }
  const std::map<std::string, std::string, std::less<>>& rows() const { return rows_; }

 private:
  std::map<std::string, std::string, std::less<>> rows_;
  std::vector<RowChanges> undo_;  // what each unsynced write replaced, oldest first
};

}  // namespace holdfast
