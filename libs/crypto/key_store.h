// Data keys: one a child (or other subject), each known by a random id that is stored with every
// field sealed under it. Destroying a data key erases what it sealed. An id never gets another key,
// not even after its key is destroyed.
#pragma once

#include <cstddef>
#include <mutex>
#include <set>
#include <vector>

#include "libs/base/authority_code.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"
#include "libs/crypto/derived_keys.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/secret_key.h"

namespace holdfast {

// 16 random bytes.
KeyId RandomKeyId();

// What a complete check of a store found.
struct KeyStoreReport {
  size_t live = 0;
  size_t destroyed = 0;
  std::vector<KeyId>
      damaged;  // cannot be opened: the record, or the authority's key, is not what it was
};

// Any thread may call. Every implementation passes key_store_contract_test.cc.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // `count` new random keys of `authority`, durable when this returns, in one sync.
  // AUTHORITY_UNKNOWN.
  virtual Result<std::vector<KeyId>> MakeKeys(const AuthorityCode& authority, size_t count) = 0;

  // The key. KEY_ERASED (kNotFound) when it was destroyed; KEY_MISSING (kDataLoss) when this store
  // never had it, which for the id of a stored field means that keys were lost; KEY_DAMAGED
  // (kDataLoss).
  virtual Result<SecretKey> Get(const KeyId& id) = 0;

  // Destroys the key, durably; again is no error. A tombstone stays. KEY_MISSING as Get. The
  // store's files may keep the wrapped key until they are compacted, so an erasure also re-wraps
  // the authority's other keys and destroys the old version in the keys folder.
  virtual Result<void> Destroy(const KeyId& id) = 0;

  // Wraps each live key of `authority` under its newest version: ids and keys stay. Returns how
  // many were wrapped anew; again is no error, and a crash in between leaves each key under one
  // version or the other.
  virtual Result<size_t> Rewrap(const AuthorityCode& authority) = 0;

  // The authority keys that live keys are wrapped by: an instance is ready only with all of them,
  // and none of them may be destroyed.
  virtual Result<std::set<AuthorityKeyName>> WrappedBy() = 0;

  // Opens every key once.
  virtual Result<KeyStoreReport> Check() = 0;

  // What this process derived from keys, to forget it with them: Attach before its use, Detach
  // after. `derived` may be used by any thread meanwhile.
  void Attach(DerivedKeys& derived);
  void Detach(DerivedKeys& derived);
  // To be called when a key was destroyed, by this instance or another.
  void ForgetDerived(const KeyId& id);

  Result<KeyId> MakeKey(const AuthorityCode& authority) {
    return MakeKeys(authority, 1).map([](const std::vector<KeyId>& ids) { return ids.front(); });
  }

 private:
  std::mutex attaching_;
  std::set<DerivedKeys*> derived_;  // guarded by attaching_
};

}  // namespace holdfast
