#include "libs/crypto/seal_bytes.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "libs/base/ids.h"
#include "libs/crypto/key_wrap.h"

namespace holdfast {
namespace {

SecretKey Key(char fill) { return *SecretKey::FromBytes(std::string(32, fill)); }

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(SealBytes, IsXChaCha20Poly1305OfTheDraftsExample) {
  const auto key = SecretKey::FromBytes(
      *FromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
  const auto nonce =
      SealNonceFromBytes(*FromHex("404142434445464748494a4b4c4d4e4f5051525354555657"));
  const AssociatedData bound{*FromHex("50515253c0c1c2c3c4c5c6c7")};
  const auto sealed = SealBytes(
      *key, *nonce, bound,
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
      "future, sunscreen would be it.");
  EXPECT_EQ(Hex(sealed).substr(0, 32), "bd6d179d3e83d43b9576579493c0e939");
  EXPECT_EQ(Hex(sealed).substr(sealed.size() * 2 - 32), "c0875924c1c7987947deafd8780acf49");
}

std::string Hmac(std::string_view key, const std::string& text) {
  std::string sum(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                              key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(sum.data()));
  return sum;
}

// RFC 5869, section 2: extract without a salt, then the first block of expand.
TEST(DeriveKey, IsHkdfSha256) {
  const std::string extracted = Hmac(std::string(32, '\0'), std::string(32, 'k'));
  EXPECT_EQ(DeriveKey(Key('k'), "cases").view(), Hmac(extracted, std::string("cases") + '\x01'));
}

TEST(DeriveKey, GivesEachUseItsOwn) {
  EXPECT_NE(DeriveKey(Key('k'), "cases").bytes(), DeriveKey(Key('k'), "alerting").bytes());
  EXPECT_NE(DeriveKey(Key('k'), "cases").bytes(), DeriveKey(Key('l'), "cases").bytes());
}

TEST(SealBytes, OpensUnderTheVerySameAlone) {
  const SealNonce nonce = RandomSealNonce();
  const auto sealed = SealBytes(Key('k'), nonce, {"bound"}, "plain");
  EXPECT_EQ(OpenBytes(Key('k'), nonce, {"bound"}, sealed), "plain");
  EXPECT_EQ(OpenBytes(Key('l'), nonce, {"bound"}, sealed), std::nullopt);
  EXPECT_EQ(OpenBytes(Key('k'), RandomSealNonce(), {"bound"}, sealed), std::nullopt);
  EXPECT_EQ(OpenBytes(Key('k'), nonce, {"bounds"}, sealed), std::nullopt);
}

TEST(SealBytes, FindsEachFlippedBitAndEachCut) {
  const SealNonce nonce = RandomSealNonce();
  const auto sealed = SealBytes(Key('k'), nonce, {"bound"}, "plain");
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(OpenBytes(Key('k'), nonce, {"bound"}, flipped)) << bit;
  }
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(OpenBytes(Key('k'), nonce, {"bound"}, sealed.substr(0, size))) << size;
  }
}

TEST(SealBytes, SealsNothingToo) {
  const SealNonce nonce = RandomSealNonce();
  EXPECT_EQ(OpenBytes(Key('k'), nonce, {""}, SealBytes(Key('k'), nonce, {""}, "")), "");
}

TEST(WrapKey, UnwrapsForTheSameUseAlone) {
  const SecretKey key = SecretKey::Random();
  const auto wrapped = WrapKey(Key('w'), {"use", {"a", "b"}}, key);
  EXPECT_EQ(wrapped.size(), kWrappedKeyBytes);
  EXPECT_EQ(UnwrapKey(Key('w'), {"use", {"a", "b"}}, wrapped)->bytes(), key.bytes());
  EXPECT_FALSE(UnwrapKey(Key('w'), {"use", {"ab"}}, wrapped));
  EXPECT_FALSE(UnwrapKey(Key('v'), {"use", {"a", "b"}}, wrapped));
  EXPECT_FALSE(UnwrapKey(Key('w'), {"use", {"a", "b"}}, wrapped.substr(1)));
}

TEST(Wipe, LeavesNothing) {
  std::string secret = "secret";
  Wipe(secret);
  EXPECT_TRUE(secret.empty());
}

}  // namespace
}  // namespace holdfast
