#include "libs/crypto/personal_sealer.h"

#include <gtest/gtest.h>

#include "holdfast/cases/v1/cases_events.pb.h"
#include "libs/crypto/fake_key_store.h"
#include "libs/crypto/personal_fields.h"
#include "libs/crypto/recording_key_store.h"

namespace holdfast {
namespace {

const AuthorityCode kAuthority = *AuthorityCode::FromText("E06000001");
const EventPlace kPlace{kAuthority, *SubjectId::FromBytes("subject with 16b"),
                        EventIdentity::OfAssertion(*AssertionId::FromBytes("assertion of 16b"))};

cases::v1::CasesEvent HeaderStated() {
  cases::v1::CasesEvent event;
  auto& row = *event.mutable_row_stated()->mutable_row();
  row.mutable_header()->set_sex("F");
  row.mutable_personal()->mutable_open()->set_local_id("canary-7f3a");
  return event;
}

common::v1::PersonalField& PersonalOf(cases::v1::CasesEvent& event) {
  return *event.mutable_row_stated()->mutable_row()->mutable_personal();
}

class Sealer : public ::testing::Test {
 protected:
  cases::v1::CasesEvent Sealed() {
    auto event = HeaderStated();
    EXPECT_TRUE(sealer_.Seal(event, key_, kPlace));
    return event;
  }

  FakeKeyStore store_{{kAuthority}};
  AccessRecord record_;
  RecordingKeyStore recording_{store_, record_};
  PersonalSealer sealer_{recording_, {.service = {"cases"}}};
  const KeyId key_ = *store_.MakeKey(kAuthority);
};

TEST_F(Sealer, SealsANestedFieldAndOpensItAgain) {
  auto event = HeaderStated();
  EXPECT_TRUE(HasOpenPersonal(event));
  ASSERT_TRUE(sealer_.Seal(event, key_, kPlace));
  EXPECT_FALSE(HasOpenPersonal(event));
  EXPECT_EQ(event.SerializeAsString().find("canary"), std::string::npos);
  ASSERT_TRUE(sealer_.Open(event, kPlace));
  EXPECT_EQ(event.SerializeAsString(), HeaderStated().SerializeAsString());
}

TEST_F(Sealer, NamesTheFieldByTheMessageThatHasIt) {
  auto event = Sealed();
  const auto fields = FindPersonalFields(event);
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].name.text, "holdfast.cases.v1.ReturnRow.personal");
  auto row = event.row_stated().row();  // as state keeps it, without its event
  ASSERT_TRUE(sealer_.Open(row, kPlace));
  EXPECT_EQ(row.personal().open().local_id(), "canary-7f3a");
}

TEST_F(Sealer, OpensAFieldThatIsKeptApart) {
  auto event = Sealed();
  const auto field = sealer_.OpenField(PersonalOf(event).sealed(), kPlace,
                                       {"holdfast.cases.v1.ReturnRow.personal"});
  EXPECT_EQ(field->open().local_id(), "canary-7f3a");
}

TEST_F(Sealer, DrawsANewNonceEachTime) {
  auto first = Sealed();
  auto second = Sealed();
  EXPECT_NE(PersonalOf(first).sealed().nonce(), PersonalOf(second).sealed().nonce());
  EXPECT_NE(PersonalOf(first).sealed().ciphertext(), PersonalOf(second).sealed().ciphertext());
}

TEST_F(Sealer, LeavesWhatIsSealedAsItIs) {
  auto event = Sealed();
  const auto bytes = event.SerializeAsString();
  ASSERT_TRUE(sealer_.Seal(event, key_, kPlace));
  EXPECT_EQ(event.SerializeAsString(), bytes);
}

TEST_F(Sealer, AsksForNoKeyWhereNothingIsPersonal) {
  cases::v1::CasesEvent event;
  event.mutable_case_assigned()->set_team("North");
  ASSERT_TRUE(sealer_.Seal(event, KeyId{}, kPlace));
  ASSERT_TRUE(sealer_.Open(event, kPlace));
  EXPECT_TRUE(record_.Take().empty());
}

TEST_F(Sealer, AsksTheStoreOnceForAKey) {
  auto event = Sealed();
  ASSERT_TRUE(sealer_.Open(event, kPlace));
  Sealed();
  EXPECT_EQ(record_.Take(), std::vector<std::string>{"key get"});
}

TEST_F(Sealer, WithoutACacheAsksEachTime) {
  PersonalSealer sealer(recording_, {.service = {"cases"}, .cached_keys = 0});
  auto event = HeaderStated();
  ASSERT_TRUE(sealer.Seal(event, key_, kPlace));
  ASSERT_TRUE(sealer.Open(event, kPlace));
  EXPECT_EQ(record_.Take(), (std::vector<std::string>{"key get", "key get"}));
}

TEST_F(Sealer, KeepsAsManyKeysAsItMay) {
  PersonalSealer sealer(recording_, {.service = {"cases"}, .cached_keys = 2});
  const auto ids = *store_.MakeKeys(kAuthority, 3);
  const auto gets = [&](size_t i) {
    auto event = HeaderStated();
    EXPECT_TRUE(sealer.Seal(event, ids[i], kPlace));
    return record_.Take().size();
  };
  EXPECT_EQ(gets(0), 1u);
  EXPECT_EQ(gets(1), 1u);
  EXPECT_EQ(gets(0), 0u);
  EXPECT_EQ(gets(2), 1u);  // in place of 1, the least recently used
  EXPECT_EQ(gets(0), 0u);
  EXPECT_EQ(gets(1), 1u);
}

TEST_F(Sealer, OpensToErasedOnceTheKeyIsDestroyed) {
  auto event = Sealed();
  ASSERT_TRUE(store_.Destroy(key_));
  recording_.ForgetDerived(key_);
  ASSERT_TRUE(sealer_.Open(event, kPlace));
  EXPECT_TRUE(PersonalOf(event).has_erased());
  auto again = HeaderStated();
  EXPECT_EQ(sealer_.Seal(again, key_, kPlace).error().reason, "KEY_ERASED");
  EXPECT_TRUE(PersonalOf(again).has_open());
}

TEST_F(Sealer, TakesALostKeyForALossAndNotForAnErasure) {
  auto event = Sealed();
  PersonalOf(event).mutable_sealed()->set_key_id(std::string(16, 'x'));
  EXPECT_EQ(sealer_.Open(event, kPlace).error().reason, "KEY_MISSING");
  EXPECT_TRUE(PersonalOf(event).has_sealed());
}

TEST_F(Sealer, OfAnotherServiceCannotOpen) {
  auto event = Sealed();
  PersonalSealer other(store_, {.service = {"alerting"}});
  EXPECT_EQ(other.Open(event, kPlace).error().reason, "SEALED_DATA_DAMAGED");
}

TEST(PersonalFields, AreNamedWithoutTheirValues) {
  common::v1::Personal personal;
  personal.set_name("N");
  personal.mutable_born()->set_year(2010);
  EXPECT_EQ(NamesOfPersonal(personal), (std::vector<std::string>{"name", "born"}));
}

}  // namespace
}  // namespace holdfast
