#include "libs/shard/state_store.h"

namespace holdfast {

Result<std::optional<std::string>> MemoryStateStore::Get(std::string_view key) {
  const auto it = rows_.find(key);
  if (it == rows_.end()) return std::nullopt;
  return it->second;
}

Result<std::vector<StoredRow>> MemoryStateStore::Scan(std::string_view prefix,
                                                      std::string_view after, size_t limit) {
  std::vector<StoredRow> rows;
  auto it = after < prefix ? rows_.lower_bound(prefix) : rows_.upper_bound(after);
  for (; it != rows_.end() && it->first.starts_with(prefix) && rows.size() < limit; ++it) {
    rows.push_back({it->first, it->second});
  }
  return rows;
}

Result<void> MemoryStateStore::Write(const RowChanges& changes) {
  RowChanges undo;
  for (const auto& [key, value] : changes) {
    const auto it = rows_.find(key);
    undo[key] = it == rows_.end() ? std::nullopt : std::optional(it->second);
    if (value) {
      rows_[key] = *value;
    } else {
      rows_.erase(key);
    }
  }
  undo_.push_back(std::move(undo));
  return {};
}

Result<void> MemoryStateStore::Wipe() {
  rows_.clear();
  undo_.clear();
  return {};
}

void MemoryStateStore::Sync() { undo_.clear(); }

void MemoryStateStore::Crash(size_t kept) {
  while (undo_.size() > kept) {
    for (const auto& [key, value] : undo_.back()) {
      if (value) {
        rows_[key] = *value;
      } else {
        rows_.erase(key);
      }
    }
    undo_.pop_back();
  }
  undo_.clear();
}

}  // namespace holdfast
