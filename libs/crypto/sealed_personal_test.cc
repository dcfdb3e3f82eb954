#include "libs/crypto/sealed_personal.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

namespace v1 = common::v1;

const KeyId kKeyId = *KeyId::FromBytes("0123456789abcdef");
const AssertionId kAssertion = *AssertionId::FromBytes("assertion of 16b");
const FieldName kField{"holdfast.cases.v1.ReturnRow.personal"};
const EventPlace kPlace{*AuthorityCode::FromText("E06000001"),
                        *SubjectId::FromBytes("subject with 16b"),
                        EventIdentity::OfAssertion(kAssertion)};

SecretKey DataKey() { return *SecretKey::FromBytes(std::string(32, 'd')); }

SealNonce FixedNonce() { return *SealNonceFromBytes("a nonce of exactly 24 by"); }

v1::Personal Open() {
  v1::Personal open;
  open.set_local_id("A100");
  open.mutable_born()->set_year(2010);
  open.mutable_born()->set_month(2);
  open.mutable_born()->set_day(28);
  return open;
}

v1::SealedPersonal Sealed(const SecretKey& key) {
  return SealPersonal(Open(), {kKeyId, key}, FixedNonce(), kPlace, kField);
}

// Golden: sealed data is stored for ever.
TEST(SealedPersonal, HasTheSameBytesForEver) {
  const SecretKey key = PersonalKey(DataKey(), {"cases"});
  EXPECT_EQ(Hex(key.view()), "3b90685374b371932cdbf18343a60423a014c62c81d5f022d8351c85f82fd46c");
  const auto sealed = Sealed(key);
  EXPECT_EQ(sealed.key_id(), kKeyId.Bytes());
  EXPECT_EQ(sealed.algorithm(), v1::SEAL_ALGORITHM_XCHACHA20_POLY1305);
  EXPECT_EQ(sealed.key_version(), 1u);
  EXPECT_EQ(Hex(sealed.ciphertext()),
            "8760eb34c2c1b49d2c35a21ecb58c96a1a0b3dc75b957daa35b4bc0f299fce");
  EXPECT_EQ(OpenPersonal(sealed, {kKeyId, key}, kPlace, kField)->local_id(), "A100");
}

TEST(EventIdentity, HasTheSameBytesForEver) {
  EXPECT_EQ(EventIdentity::OfAssertion(kAssertion).bytes(), "Aassertion of 16b");
  EXPECT_EQ(EventIdentity::OfCommand(*CommandId::FromBytes("command with 16b"), 258).bytes(),
            std::string("Ccommand with 16b") + std::string("\0\0\1\2", 4));
}

TEST(SealedPersonal, OpensInItsOwnPlaceAlone) {
  const SecretKey key = PersonalKey(DataKey(), {"cases"});
  const auto sealed = Sealed(key);
  const SealingKey sealing{kKeyId, key};
  const auto reason = [&](const EventPlace& place, const FieldName& field, const SealingKey& with) {
    const auto opened = OpenPersonal(sealed, with, place, field);
    return opened ? "opened" : opened.error().reason;
  };
  EXPECT_EQ(reason(kPlace, kField, sealing), "opened");
  auto place = kPlace;
  place.authority = *AuthorityCode::FromText("E06000002");
  EXPECT_EQ(reason(place, kField, sealing), "SEALED_DATA_DAMAGED");
  place = kPlace;
  place.subject = SubjectId{};
  EXPECT_EQ(reason(place, kField, sealing), "SEALED_DATA_DAMAGED");
  place = kPlace;
  place.event = EventIdentity::OfAssertion(AssertionId{});
  EXPECT_EQ(reason(place, kField, sealing), "SEALED_DATA_DAMAGED");
  EXPECT_EQ(reason(kPlace, {"holdfast.cases.v1.FactCorrected.personal"}, sealing),
            "SEALED_DATA_DAMAGED");
  const KeyId other_id{};
  EXPECT_EQ(reason(kPlace, kField, {other_id, key}), "SEALED_DATA_DAMAGED");
  const SecretKey other_service = PersonalKey(DataKey(), {"alerting"});
  EXPECT_EQ(reason(kPlace, kField, {kKeyId, other_service}), "SEALED_DATA_DAMAGED");
}

TEST(SealedPersonal, OfAnUnknownAlgorithmOrVersionIsNotGuessed) {
  const SecretKey key = PersonalKey(DataKey(), {"cases"});
  auto sealed = Sealed(key);
  sealed.set_key_version(2);
  EXPECT_FALSE(OpenPersonal(sealed, {kKeyId, key}, kPlace, kField));
  sealed = Sealed(key);
  sealed.set_algorithm(v1::SEAL_ALGORITHM_UNSPECIFIED);
  EXPECT_FALSE(OpenPersonal(sealed, {kKeyId, key}, kPlace, kField));
  sealed = Sealed(key);
  sealed.set_nonce("short");
  EXPECT_FALSE(OpenPersonal(sealed, {kKeyId, key}, kPlace, kField));
}

}  // namespace
}  // namespace holdfast
