#include "libs/crypto/key_record.h"

#include <gtest/gtest.h>

#include "libs/crypto/key_wrap.h"

namespace holdfast {
namespace {

const AuthorityKeyName kName{*AuthorityCode::FromText("E06000001"), 3};
const KeyId kId = *KeyId::FromBytes("0123456789abcdef");

SecretKey Wrapping() { return *SecretKey::FromBytes(std::string(32, 'w')); }

// Golden: a record of the first version, read for ever.
TEST(KeyRecord, OfTheFirstVersionIsReadForEver) {
  const auto bytes = FromHex(
      "014c000000030945303630303030303161206e6f6e6365206f662065786163746c79203234206279e920e2b26975"
      "47d1b1a09510a524e15ab5dd5b3a346aabe00ede9793f10c3ad3d50c5250be3bcbf88acefad019abe437");
  ASSERT_TRUE(bytes);
  const auto record = DecodeKeyRecord(*bytes);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->WrappedBy(), kName);
  EXPECT_EQ(UnwrapDataKey(Wrapping(), kId, *record)->view(), std::string(32, 'd'));
  EXPECT_EQ(Encode(*record), *bytes);
}

TEST(KeyRecord, IsThatOfItsIdAlone) {
  const auto record = WrapDataKey(Wrapping(), kName, kId, SecretKey::Random());
  EXPECT_TRUE(UnwrapDataKey(Wrapping(), kId, record));
  EXPECT_FALSE(UnwrapDataKey(Wrapping(), KeyId{}, record));
  auto moved = record;
  moved.version = 2;
  EXPECT_FALSE(UnwrapDataKey(Wrapping(), kId, moved));
  moved = record;
  moved.authority = *AuthorityCode::FromText("E06000002");
  EXPECT_FALSE(UnwrapDataKey(Wrapping(), kId, moved));
}

TEST(KeyRecord, OfADestroyedKeyKeepsItsAuthority) {
  const auto record = DecodeKeyRecord(Encode({kName.authority, 0, {}}));
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->IsDestroyed());
  EXPECT_EQ(record->authority, kName.authority);
}

TEST(KeyRecord, IsNotReadFromLessOrMoreOrOtherBytes) {
  for (const auto& whole : {Encode(WrapDataKey(Wrapping(), kName, kId, SecretKey::Random())),
                            Encode({kName.authority, 0, {}})}) {
    for (size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(DecodeKeyRecord(whole.substr(0, size))) << size;
    EXPECT_FALSE(DecodeKeyRecord(whole + "x"));
    EXPECT_FALSE(DecodeKeyRecord("\x02" + whole.substr(1)));
    EXPECT_FALSE(DecodeKeyRecord("\x01X" + whole.substr(2)));
  }
}

}  // namespace
}  // namespace holdfast
