// Parts of a database in memory, which outlive those who use them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/base/ids.h"
#include "libs/projection/model_rows.h"

namespace holdfast {

// Thread-safe.
class PartsInMemory {
 public:
  explicit PartsInMemory(size_t count) : stores_(count) {}

  OpenPart Open() {
    return [this](uint32_t part) { return std::make_unique<Part>(*this, stores_.at(part)); };
  }
  std::map<std::string, std::string, std::less<>> rows(uint32_t part) const {
    const std::lock_guard lock(mutex_);
    return stores_.at(part).rows();
  }

 private:
  class Part final : public StateStore {
   public:
    Part(PartsInMemory& all, MemoryStateStore& store) : all_(all), store_(store) {}
    Result<std::optional<std::string>> Get(std::string_view key) override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Get(key);
    }
    Result<std::vector<StoredRow>> Scan(std::string_view prefix, std::string_view after,
                                        size_t limit) override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Scan(prefix, after, limit);
    }
    Result<void> Write(const RowChanges& changes) override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Write(changes);
    }
    Result<void> Wipe() override {
      const std::lock_guard lock(all_.mutex_);
      return store_.Wipe();
    }

   private:
    PartsInMemory& all_;
    MemoryStateStore& store_;
  };

  mutable std::mutex mutex_;
  std::vector<MemoryStateStore> stores_;
};

}  // namespace holdfast
