// Authenticated encryption of bytes: XChaCha20-Poly1305 (IETF construction of libsodium). Pure but
// for RandomSealNonce.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/crypto/secret_key.h"

namespace holdfast {

using SealNonce = std::array<uint8_t, 24>;  // random: no two in practice, so none is ever counted

constexpr size_t kSealTagBytes = 16;

// What bytes are bound to, beside their key: opening needs the very same. A strong string, so that
// it is never mistaken for the bytes.
struct AssociatedData {
  std::string bytes;
};

SealNonce RandomSealNonce();
std::optional<SealNonce> SealNonceFromBytes(std::string_view bytes);

// `plain` encrypted, with its 16-byte tag behind it.
std::string SealBytes(const SecretKey& key, const SealNonce& nonce, const AssociatedData& bound,
                      std::string_view plain);

// The plain bytes; nothing when key, nonce, associated data or ciphertext is not that of the
// sealing. The caller wipes them.
std::optional<std::string> OpenBytes(const SecretKey& key, const SealNonce& nonce,
                                     const AssociatedData& bound, std::string_view sealed);

// A key of its own for each use of `key`: HKDF-SHA-256 (RFC 5869), no salt, `info` the use.
SecretKey DeriveKey(const SecretKey& key, std::string_view info);

// Overwrites a string that held a secret.
void Wipe(std::string& secret);

}  // namespace holdfast
