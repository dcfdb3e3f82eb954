#include "libs/crypto/seal_bytes.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

#include <algorithm>
#include <memory>

#include "libs/base/check.h"

namespace holdfast {
namespace {

static_assert(std::tuple_size_v<SealNonce> == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(std::tuple_size_v<KeyBytes> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Unsigned(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// Looked up once: the lookup costs more than the derivation.
EVP_KDF* Hkdf() {
  static EVP_KDF* const hkdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  HOLDFAST_CHECK(hkdf != nullptr);
  return hkdf;
}

}  // namespace

SealNonce RandomSealNonce() {
  SealNonce nonce;
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

std::optional<SealNonce> SealNonceFromBytes(std::string_view bytes) {
  SealNonce nonce;
  if (bytes.size() != nonce.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), nonce.begin());
  return nonce;
}

std::string SealBytes(const SecretKey& key, const SealNonce& nonce, const AssociatedData& bound,
                      std::string_view plain) {
  std::string sealed(plain.size() + kSealTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Unsigned(sealed), nullptr, Unsigned(plain),
                                             plain.size(), Unsigned(std::string_view(bound.bytes)),
                                             bound.bytes.size(), nullptr, nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> OpenBytes(const SecretKey& key, const SealNonce& nonce,
                                     const AssociatedData& bound, std::string_view sealed) {
  if (sealed.size() < kSealTagBytes) return std::nullopt;
  std::string plain(sealed.size() - kSealTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          Unsigned(plain), nullptr, nullptr, Unsigned(sealed), sealed.size(),
          Unsigned(std::string_view(bound.bytes)), bound.bytes.size(), nonce.data(),
          key.data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

SecretKey DeriveKey(const SecretKey& key, std::string_view info) {
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(Hkdf()),
                                                                          EVP_KDF_CTX_free);
  HOLDFAST_CHECK(context != nullptr);
  char digest[] = "SHA256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<uint8_t*>(key.data()),
                                        key.bytes().size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<char*>(info.data()),
                                        info.size()),
      OSSL_PARAM_construct_end()};
  SecretKey derived;
  HOLDFAST_CHECK(
      EVP_KDF_derive(context.get(), derived.data(), derived.bytes().size(), parameters) == 1);
  return derived;
}

void Wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace holdfast
