// The keys that a service derived from data keys, the most recently used of them.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>

#include "libs/base/ids.h"
#include "libs/crypto/secret_key.h"

namespace holdfast {

// Any thread may call. A key that is in use outlives its place here.
class DerivedKeys {
 public:
  explicit DerivedKeys(size_t capacity) : capacity_(capacity) {}

  // Nothing when it is not here.
  std::shared_ptr<const SecretKey> Find(const KeyId& id) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(id);
    if (found == places_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return found->second->second;
  }

  // Drops the least recently used one when it is full.
  void Put(const KeyId& id, std::shared_ptr<const SecretKey> key) {
    const std::lock_guard lock(mutex_);
    if (capacity_ == 0 || places_.contains(id) || forgotten_.contains(id)) return;
    if (places_.size() == capacity_) {
      places_.erase(by_use_.back().first);
      by_use_.pop_back();
    }
    by_use_.emplace_front(id, std::move(key));
    places_.emplace(id, by_use_.begin());
  }

  // For ever: one that is being derived at this moment is not kept either.
  void Forget(const KeyId& id) {
    const std::lock_guard lock(mutex_);
    forgotten_.insert(id);
    const auto found = places_.find(id);
    if (found == places_.end()) return;
    by_use_.erase(found->second);
    places_.erase(found);
  }

 private:
  using ByUse = std::list<std::pair<KeyId, std::shared_ptr<const SecretKey>>>;

  const size_t capacity_;
  std::mutex mutex_;
  ByUse by_use_;                                       // the most recent first; guarded by mutex_
  std::unordered_map<KeyId, ByUse::iterator> places_;  // guarded by mutex_
  std::set<KeyId> forgotten_;                          // guarded by mutex_
};

}  // namespace holdfast
