#include "libs/rpc/role_table.h"

#include <gtest/gtest.h>

namespace holdfast {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000902");

RoleTable Table() {
  return RoleTable({
      {"a.Service/Show",
       {{Role::kWorker, Reach::kOwnAuthority, {Purpose::kDirectCare, Purpose::kSubjectAccess}},
        {Role::kAuditor, Reach::kAll, {Purpose::kAudit}}}},
      {"a.Service/Nobody", {}},
  });
}

Authenticated Caller(Role role, std::optional<Purpose> purpose = std::nullopt) {
  return {{kNorth, role, "name"}, purpose, {}};
}

std::string ReasonRefused(const char* method, const Authenticated& caller) {
  const auto table = Table();
  const auto admission = Authorise(table.Find(method), caller);
  return admission ? "let in" : admission.error().reason;
}

TEST(RoleTable, DeniesWhatItDoesNotGrant) {
  for (const Role role : kAllRoles) {
    const bool is_granted = role == Role::kWorker || role == Role::kAuditor;
    EXPECT_EQ(ReasonRefused("a.Service/Show", Caller(role)), is_granted ? "let in" : "NOT_ALLOWED");
    EXPECT_EQ(ReasonRefused("a.Service/Nobody", Caller(role)), "NOT_ALLOWED");
    EXPECT_EQ(ReasonRefused("a.Service/Unheard", Caller(role)), "NOT_ALLOWED");
  }
}

TEST(RoleTable, GrantsForItsPurposesAlone) {
  const auto table = Table();
  const auto* row = table.Find("a.Service/Show");
  EXPECT_EQ(Authorise(row, Caller(Role::kWorker))->principal.purpose, Purpose::kDirectCare);
  EXPECT_EQ(Authorise(row, Caller(Role::kWorker, Purpose::kSubjectAccess))->principal.purpose,
            Purpose::kSubjectAccess);
  EXPECT_EQ(ReasonRefused("a.Service/Show", Caller(Role::kWorker, Purpose::kStatistics)),
            "NOT_ALLOWED");
}

TEST(RoleTable, SaysHowFarAGrantReaches) {
  const auto table = Table();
  const auto worker = Authorise(table.Find("a.Service/Show"), Caller(Role::kWorker));
  EXPECT_TRUE(worker->Reaches(kNorth));
  EXPECT_FALSE(worker->Reaches(kSouth));
  EXPECT_TRUE(Authorise(table.Find("a.Service/Show"), Caller(Role::kAuditor))->Reaches(kSouth));
}

TEST(RoleTableDeathTest, HasOneRowAMethodAndOneGrantARole) {
  const Grant grant{Role::kWorker, Reach::kAll, {Purpose::kAudit}};
  EXPECT_DEATH(RoleTable({{"a.Service/Show", {}}, {"a.Service/Show", {}}}), "check failed");
  EXPECT_DEATH(RoleTable({{"a.Service/Show", {grant, grant}}}), "check failed");
  EXPECT_DEATH(RoleTable({{"a.Service/Show", {{Role::kWorker, Reach::kAll, {}}}}}), "check failed");
}

}  // namespace
}  // namespace holdfast
