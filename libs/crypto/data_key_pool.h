// Data keys made ahead, so that one sync of the key store serves many registrations. What is left
// at the end is garbage: no event names it.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "libs/crypto/key_store.h"

namespace holdfast {

// Any thread may call.
class DataKeyPool {
 public:
  // `keys` outlives it.
  explicit DataKeyPool(KeyStore& keys) : keys_(keys) {}

  // A key of `authority` that nobody else has been given; it is durable. Failures as
  // KeyStore::MakeKeys.
  Result<KeyId> Take(const AuthorityCode& authority);
  // A key that was taken and not used.
  void PutBack(const AuthorityCode& authority, const KeyId& key);

 private:
  KeyStore& keys_;
  std::mutex mutex_;
  std::map<AuthorityCode, std::vector<KeyId>> spare_;  // guarded by mutex_
};

}  // namespace holdfast
