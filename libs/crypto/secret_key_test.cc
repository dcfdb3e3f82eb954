#include "libs/crypto/secret_key.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace holdfast {
namespace {

TEST(SecretKey, IsZeroUntilItIsGivenOne) { EXPECT_EQ(SecretKey().bytes(), KeyBytes{}); }

TEST(SecretKey, IsWipedWhenItGoes) {
  const KeyBytes* slot = nullptr;
  {
    const SecretKey key = SecretKey::Random();
    slot = &key.bytes();
    EXPECT_NE(*slot, KeyBytes{});
  }
  EXPECT_EQ(*slot, KeyBytes{});  // slots stay mapped
}

TEST(SecretKey, IsWipedWhenItIsReplaced) {
  SecretKey key = SecretKey::Random();
  const KeyBytes* slot = &key.bytes();
  key = SecretKey::Random();
  EXPECT_EQ(*slot, KeyBytes{});
  EXPECT_NE(key.bytes(), KeyBytes{});
}

TEST(SecretKey, HasAPlaceOfItsOwn) {
  std::vector<SecretKey> keys;
  std::set<KeyBytes> seen;
  for (int i = 0; i < 2000; ++i) keys.push_back(SecretKey::Random());
  for (const auto& key : keys) seen.insert(key.bytes());
  EXPECT_EQ(seen.size(), 2000u);
}

TEST(SecretKey, IsReadFrom32BytesAlone) {
  EXPECT_TRUE(SecretKey::FromBytes(std::string(32, 'k')));
  EXPECT_FALSE(SecretKey::FromBytes(std::string(31, 'k')));
  EXPECT_FALSE(SecretKey::FromBytes(std::string(33, 'k')));
}

TEST(SecretKey, IsCopiedOnRequest) {
  const SecretKey key = SecretKey::Random();
  EXPECT_EQ(key.Copy().bytes(), key.bytes());
}

}  // namespace
}  // namespace holdfast
