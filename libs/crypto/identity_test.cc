#include "libs/crypto/identity.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

const AuthorityCode kAuthority = *AuthorityCode::FromText("E06000001");
const CommandId kCommand = *CommandId::FromBytes("0123456789abcdef");

SecretKey Key() { return *SecretKey::FromBytes(std::string(32, 'i')); }

// Golden: ids are stored for ever.
TEST(Identity, GivesTheSameIdsForEver) {
  const SubjectId child = MakeChildId(Key(), kAuthority, "100");
  const FactId fact =
      MakeFactId(Key(), {"ssda903/E06000001"}, {child.Bytes(), "Episodes", "2018-04-01"});
  EXPECT_EQ(child.HexText(), "317a39fabbe6db5203e20ed333af9a0c");
  EXPECT_EQ(fact.HexText(), "7516c1233cff177aedb5e57010108f77");
  EXPECT_EQ(MakeAssertionId(Key(), fact, kCommand).HexText(), "38698cce6f05611b1bc1fd91f142b7a8");
  EXPECT_EQ(MakeLocalIdToken(Key(), kAuthority, "100").HexText(),
            "5b41c54550f36dae7937fa74ac9c703b");
  EXPECT_EQ(
      MakePersonToken(Key(), kAuthority, {"sam", *CivilDate::FromIso("2019-05-04")}).HexText(),
      "dfd45dc76dc5b3a960b0a43e1189e3ee");
}

TEST(Identity, OfWhatASourceSendsIsTheSameForEver) {
  const auto court = *AuthorityCode::FromText("sheriff-a");
  EXPECT_EQ(MakeItemId(Key(), court, " e1 ").HexText(), "0c03b7e7c2ca15d74697572dd56a0c58");
  EXPECT_EQ(MakeCaseRefId(Key(), court, "C/1").HexText(), "7be219b3db6235d7781dfb9355249154");
  EXPECT_EQ(Hex(MakeContentDigest(Key(), {"x", "", "y"})),
            "b1aff94dcf8206b55f8c1427e51fe71cd6045babe4053b627b62452951b51540");
}

TEST(Identity, WithoutADeploymentIsUnderZeros) {
  EXPECT_EQ(MakeChildId(NoDeploymentsIdentityKey(), kAuthority, "100").HexText(),
            "d25529a3d31940c5539cdf1d6c7e5e07");
}

TEST(Identity, IsThatOfHmacIdWithTheSourceFirst) {
  EXPECT_EQ(MakeFactId(Key(), {"s"}, {"a", "b"}),
            FactId{HmacId(Key().bytes(), "fact", {"s", "a", "b"})});
}

TEST(Identity, TrimsLocalIdsAndKeepsTheirCase) {
  EXPECT_EQ(MakeChildId(Key(), kAuthority, " \tAb1\r\n"), MakeChildId(Key(), kAuthority, "Ab1"));
  EXPECT_NE(MakeChildId(Key(), kAuthority, "ab1"), MakeChildId(Key(), kAuthority, "Ab1"));
  EXPECT_EQ(TrimLocalId(" \t "), "");
  EXPECT_EQ(TrimLocalId("a b"), "a b");
}

TEST(Identity, OfOneLocalIdDiffersByAuthorityAndByKey) {
  const auto other = *AuthorityCode::FromText("E06000002");
  EXPECT_NE(MakeChildId(Key(), kAuthority, "100"), MakeChildId(Key(), other, "100"));
  EXPECT_NE(MakeChildId(Key(), kAuthority, "100"),
            MakeChildId(NoDeploymentsIdentityKey(), kAuthority, "100"));
}

TEST(Identity, OfATokenIsNotThatOfTheChild) {
  EXPECT_NE(MakeLocalIdToken(Key(), kAuthority, "100").bytes,
            MakeChildId(Key(), kAuthority, "100").bytes);
}

}  // namespace
}  // namespace holdfast
