#include "libs/rpc/principal.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

constexpr char kWorker[] = "holdfast://E06000901/worker/alice";
constexpr char kService[] = "holdfast://england/service/service";

std::string ReasonRefused(const Claims& claims) {
  const auto caller = Authenticate(claims);
  return caller ? "let in" : caller.error().reason;
}

TEST(Identity, IsReadFromItsUriAlone) {
  const auto identity = IdentityFromUri(kWorker);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->body.text(), "E06000901");
  EXPECT_EQ(identity->role, Role::kWorker);
  EXPECT_EQ(identity->name, "alice");
  EXPECT_EQ(IdentityUri(*identity), kWorker);
  for (const char* uri : {"", "holdfast://", "holdfast://E06000901", "holdfast://E06000901/worker",
                          "holdfast://E06000901/worker/", "holdfast:///worker/alice",
                          "holdfast://E06000901/king/alice", "holdfast://E06000901/worker/alice/x",
                          "holdfast://E06000901/worker/al ice", "https://E06000901/worker/alice",
                          "holdfast://england/server/server"}) {
    EXPECT_FALSE(IdentityFromUri(uri)) << uri;
  }
}

TEST(Identity, OfEveryRoleComesBackAsItWas) {
  for (const Role role : kAllRoles) {
    const Identity identity{*AuthorityCode::FromText("E06000901"), role, "name"};
    EXPECT_EQ(IdentityFromUri(IdentityUri(identity)), identity);
  }
  for (const Purpose purpose : kAllPurposes) EXPECT_EQ(PurposeFromText(Text(purpose)), purpose);
}

TEST(Authenticate, TakesTheCertificatesWord) {
  const auto caller = Authenticate({{kWorker}, {}, {}});
  EXPECT_EQ(IdentityUri(caller->identity), kWorker);
  EXPECT_EQ(caller->purpose, std::nullopt);
  EXPECT_EQ(Authenticate({{kWorker}, {"data_quality"}, {}})->purpose, Purpose::kDataQuality);
}

TEST(Authenticate, RefusesWithoutOneIdentity) {
  EXPECT_EQ(ReasonRefused({{}, {}, {}}), "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{"https://example.org"}, {}, {}}), "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{kWorker, kService}, {}, {}}), "NOT_AUTHENTICATED");
}

TEST(Authenticate, RefusesAPurposeItDoesNotKnow) {
  EXPECT_EQ(ReasonRefused({{kWorker}, {"curiosity"}, {}}), "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{kWorker}, {"audit", "audit"}, {}}), "NOT_AUTHENTICATED");
}

TEST(Authenticate, LetsAServiceSpeakForACaller) {
  const auto caller = Authenticate({{kService}, {"direct_care"}, {kWorker}});
  ASSERT_TRUE(caller);
  EXPECT_EQ(IdentityUri(caller->identity), kWorker);
  EXPECT_EQ(caller->via, "service");
}

TEST(Authenticate, LetsNobodyElseSpeakForACaller) {
  EXPECT_EQ(ReasonRefused({{kWorker}, {}, {"holdfast://E06000902/worker/bob"}}),
            "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{kService}, {}, {kService}}), "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{kService}, {}, {"nobody"}}), "NOT_AUTHENTICATED");
  EXPECT_EQ(ReasonRefused({{kService}, {}, {kWorker, kWorker}}), "NOT_AUTHENTICATED");
}

}  // namespace
}  // namespace holdfast
