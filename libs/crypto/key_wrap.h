// Keys encrypted under keys.
//
//   wrapped_key := nonce(24) ciphertext(32) tag(16)
//
// XChaCha20-Poly1305 under the wrapping key, with a random nonce, bound to what the key is for: its
// owner states that as IdMaterial(label, parts) of libs/base/ids.h.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "libs/crypto/secret_key.h"

namespace holdfast {

constexpr size_t kWrappedKeyBytes = 72;

// What a wrapped key is for, such as {"data key", {id, authority, version}}: opening it as
// another's fails.
struct KeyUse {
  std::string_view label;
  std::initializer_list<std::string_view> parts;
};

std::string WrapKey(const SecretKey& wrapping, const KeyUse& use, const SecretKey& key);

// Nothing when it was wrapped under another key, for another use, or is damaged.
std::optional<SecretKey> UnwrapKey(const SecretKey& wrapping, const KeyUse& use,
                                   std::string_view wrapped);

}  // namespace holdfast
