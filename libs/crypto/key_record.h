// One record of the key store, as bytes.
//
//   record := format(1 byte: 1) live | format(1 byte: 1) destroyed
//   live      := 'L' version(4, big-endian) length(1) authority(length) wrapped_key(72)
//   destroyed := 'D' length(1) authority(length)
//
// The wrapped key is under the authority's key of that version, for the use
// {"holdfast data key", {key id, authority, version(4)}}: a record that is moved to another id,
// authority or version does not open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/ids.h"
#include "libs/crypto/keys_folder.h"
#include "libs/crypto/secret_key.h"

namespace holdfast {

struct KeyRecord {
  AuthorityCode authority;
  uint32_t version = 0;  // 0: destroyed
  std::string wrapped;   // empty: destroyed

  bool IsDestroyed() const { return version == 0; }
  AuthorityKeyName WrappedBy() const { return {authority, version}; }
};

std::string Encode(const KeyRecord& record);

// Nothing unless `bytes` are a record to their last byte.
std::optional<KeyRecord> DecodeKeyRecord(std::string_view bytes);

// `key` as the record of `id`, under `wrapping`, whose name is `name`.
KeyRecord WrapDataKey(const SecretKey& wrapping, const AuthorityKeyName& name, const KeyId& id,
                      const SecretKey& key);

// Nothing when the record is not that of `id` under `wrapping`.
std::optional<SecretKey> UnwrapDataKey(const SecretKey& wrapping, const KeyId& id,
                                       const KeyRecord& record);

}  // namespace holdfast
