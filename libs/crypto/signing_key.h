// Ed25519 signatures, such as those of HEAD files: whoever holds the public key sees that a text is
// this deployment's own.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "libs/crypto/secret_key.h"

namespace holdfast {

using PublicKey = std::array<uint8_t, 32>;
using Signature = std::array<uint8_t, 64>;

// What is signed: IdMaterial(label, {text}), so that a signature for one use is none for another.
struct SignedText {
  std::string_view label;  // such as "head"
  std::string_view text;
};

// Any thread may sign.
class SigningKey {
 public:
  explicit SigningKey(SecretKey seed);

  Signature Sign(const SignedText& text) const;
  const PublicKey& public_key() const { return public_key_; }

 private:
  SecretKey seed_;
  PublicKey public_key_;
};

bool IsSignedBy(const PublicKey& key, const SignedText& text, const Signature& signature);

}  // namespace holdfast
