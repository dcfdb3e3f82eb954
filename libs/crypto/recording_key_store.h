// A key store that writes down what is asked of it, for tests that two calls do the same: that an
// id of another authority and one that does not exist cost the same reads and key operations.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "libs/crypto/key_store.h"

namespace holdfast {

// The operations in their order, as names without ids, such as "key get". Decorators of other
// stores write into the same one, such as "state read". Any thread may call.
class AccessRecord {
 public:
  void Note(std::string operation) {
    const std::lock_guard lock(mutex_);
    operations_.push_back(std::move(operation));
  }
  // All since the last Take.
  std::vector<std::string> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(operations_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> operations_;
};

// `store` and `record` outlive it. It sees what reaches the store: give a PersonalSealer no cache
// (cached_keys 0) to see each use of a key.
class RecordingKeyStore final : public KeyStore {
 public:
  RecordingKeyStore(KeyStore& store, AccessRecord& record) : store_(store), record_(record) {}

  Result<std::vector<KeyId>> MakeKeys(const AuthorityCode& authority, size_t count) override {
    record_.Note("key make");
    return store_.MakeKeys(authority, count);
  }
  Result<SecretKey> Get(const KeyId& id) override {
    record_.Note("key get");
    return store_.Get(id);
  }
  Result<void> Destroy(const KeyId& id) override {
    record_.Note("key destroy");
    return store_.Destroy(id);
  }
  Result<size_t> Rewrap(const AuthorityCode& authority) override {
    record_.Note("key rewrap");
    return store_.Rewrap(authority);
  }
  Result<std::set<AuthorityKeyName>> WrappedBy() override {
    record_.Note("key names");
    return store_.WrappedBy();
  }
  Result<KeyStoreReport> Check() override {
    record_.Note("key check");
    return store_.Check();
  }

 private:
  KeyStore& store_;
  AccessRecord& record_;
};

}  // namespace holdfast
