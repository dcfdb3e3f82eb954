// A key store in memory, for tests: the same contract, nothing durable.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "libs/crypto/key_store.h"

namespace holdfast {

class FakeKeyStore final : public KeyStore {
 public:
  // Knows `authorities` alone.
  explicit FakeKeyStore(std::set<AuthorityCode> authorities)
      : authorities_(std::move(authorities)) {}

  // Stores a given key, for tests with golden bytes.
  void Put(const KeyId& id, SecretKey key) {
    const std::lock_guard lock(mutex_);
    keys_.insert_or_assign(id, std::move(key));
  }

  Result<std::vector<KeyId>> MakeKeys(const AuthorityCode& authority, size_t count) override {
    if (auto known = CheckKnown(authority); !known) return tl::unexpected(known.error());
    std::vector<KeyId> ids;
    while (ids.size() < count) {
      ids.push_back(RandomKeyId());
      Put(ids.back(), SecretKey::Random());
    }
    return ids;
  }

  Result<SecretKey> Get(const KeyId& id) override {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(id);
    if (found == keys_.end()) return Fail(StatusCode::kDataLoss, "KEY_MISSING", "no such data key");
    if (!found->second)
      return Fail(StatusCode::kNotFound, "KEY_ERASED", "the data key was destroyed");
    return found->second->Copy();
  }

  Result<void> Destroy(const KeyId& id) override {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(id);
    if (found == keys_.end()) return Fail(StatusCode::kDataLoss, "KEY_MISSING", "no such data key");
    found->second.reset();
    return {};
  }

  Result<size_t> Rewrap(const AuthorityCode& authority) override {
    return CheckKnown(authority).map([] { return size_t{0}; });
  }

  Result<std::set<AuthorityKeyName>> WrappedBy() override {
    return std::set<AuthorityKeyName>{};  // it wraps nothing
  }

  Result<KeyStoreReport> Check() override {
    const std::lock_guard lock(mutex_);
    KeyStoreReport report;
    for (const auto& [id, key] : keys_) ++(key ? report.live : report.destroyed);
    return report;
  }

 private:
  Result<void> CheckKnown(const AuthorityCode& authority) const {
    if (authorities_.contains(authority)) return {};
    return Fail(StatusCode::kNotFound, "AUTHORITY_UNKNOWN",
                "authority " + authority.text() + " has no keys here");
  }

  const std::set<AuthorityCode> authorities_;
  std::mutex mutex_;
  std::map<KeyId, std::optional<SecretKey>> keys_;  // nothing: destroyed; guarded by mutex_
};

}  // namespace holdfast
