#include "libs/crypto/signing_key.h"

#include <sodium.h>

#include <utility>

#include "libs/base/ids.h"

namespace holdfast {
namespace {

// An expanded secret key, wiped when it goes.
struct Expanded {
  explicit Expanded(const SecretKey& seed) {
    crypto_sign_ed25519_seed_keypair(public_key.data(), secret.data(), seed.data());
  }
  ~Expanded() { sodium_memzero(secret.data(), secret.size()); }

  PublicKey public_key;
  std::array<uint8_t, crypto_sign_ed25519_SECRETKEYBYTES> secret;
};

const unsigned char* Unsigned(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

SigningKey::SigningKey(SecretKey seed)
    : seed_(std::move(seed)), public_key_(Expanded(seed_).public_key) {}

Signature SigningKey::Sign(const SignedText& text) const {
  const std::string bytes = IdMaterial(text.label, {text.text});
  const Expanded key(seed_);
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, Unsigned(bytes), bytes.size(),
                               key.secret.data());
  return signature;
}

bool IsSignedBy(const PublicKey& key, const SignedText& text, const Signature& signature) {
  const std::string bytes = IdMaterial(text.label, {text.text});
  return crypto_sign_ed25519_verify_detached(signature.data(), Unsigned(bytes), bytes.size(),
                                             key.data()) == 0;
}

}  // namespace holdfast
