// The MAC by which a repeat of a command is known to be the same request: HMAC-SHA-256 over the
// command as the shard gets it, a function of the received bytes, under a key derived (HKDF, info
// "holdfast request 1") from the child's data key, or from the authority's key where the child has
// none. The id of an authority's key is HashId("authority-key", {code, version}).
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "libs/crypto/derived_keys.h"
#include "libs/crypto/key_store.h"
#include "libs/crypto/keys_folder.h"

namespace holdfast {

// The id of an authority's key.
KeyId MacKeyIdOf(const AuthorityKeyName& name);

struct RequestMac {
  std::string mac;
  KeyId key;
};

// Any thread may call.
class RequestMacs {
 public:
  // Both outlive it.
  RequestMacs(KeyStore& store, KeysFolder& folder);
  ~RequestMacs();

  // Under the data key `child`, or, where there is none or it was destroyed, under the authority's
  // newest.
  Result<RequestMac> Of(std::string_view request, const AuthorityCode& authority,
                        const std::optional<KeyId>& child);
  // Under the key that an outcome names; nothing when it is gone.
  std::optional<std::string> Under(const KeyId& key, const AuthorityCode& authority,
                                   std::string_view request);

 private:
  using DerivedKey = std::shared_ptr<const SecretKey>;

  Result<DerivedKey> OfDataKey(const KeyId& key);
  Result<std::pair<KeyId, DerivedKey>> OfAuthority(const AuthorityKeyName& name);
  // `again`: what was seen before is gone.
  Result<uint32_t> NewestVersion(const AuthorityCode& authority, bool again = false);

  KeyStore& store_;
  KeysFolder& folder_;
  DerivedKeys derived_;
  std::mutex mutex_;
  std::map<AuthorityCode, uint32_t> versions_;  // newest seen; guarded by mutex_
};

}  // namespace holdfast
