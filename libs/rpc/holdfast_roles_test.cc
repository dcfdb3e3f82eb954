// The whole table against the services: who may call what, for which purposes, and how far it reaches.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "holdfast/audit/v1/audit_service.pb.h"
#include "holdfast/cases/v1/cases_service.pb.h"
#include "libs/rpc/role_table.h"

namespace holdfast {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000902");

// Role and method of every call that is let in, and whether it reaches other authorities.
const std::set<std::string> kGranted = {
    "operator holdfast.cases.v1.CasesService/RegisterAuthority all",
    "operator holdfast.cases.v1.CasesService/SetAuthorityLive all",
    "operator holdfast.cases.v1.CasesService/ListAuthorities all",
    "worker holdfast.cases.v1.CasesService/RegisterChild own",
    "worker holdfast.cases.v1.CasesService/AssignCase own",
    "worker holdfast.cases.v1.CasesService/RecordFact own",
    "worker holdfast.cases.v1.CasesService/CorrectFact own",
    "worker holdfast.cases.v1.CasesService/WithdrawFact own",
    "worker holdfast.cases.v1.CasesService/ShowCase own",
    "worker holdfast.cases.v1.CasesService/ListCases own",
    "data holdfast.cases.v1.CasesService/StartImport own",
    "data holdfast.cases.v1.CasesService/StateReturnRows own",
    "data holdfast.cases.v1.CasesService/ReviewReturns own",
    "data holdfast.cases.v1.CasesService/FinishImport own",
    "data holdfast.cases.v1.CasesService/ListImports own",
    "operator holdfast.cases.v1.CasesService/ListImports all",
    "data holdfast.cases.v1.CasesService/WithdrawRun own",
    "auditor holdfast.audit.v1.AuditService/ListReads all",
};

std::vector<std::string> AllMethods() {
  std::vector<std::string> all;
  for (const auto* file : {cases::v1::ShowCaseRequest::descriptor()->file(), audit::v1::ListReadsRequest::descriptor()->file()}) {
    for (const auto& method : MethodsOf(*file->service(0))) all.push_back(method);
  }
  return all;
}

TEST(HoldfastRoles, HasARowForEachMethod) {
  for (const auto& method : AllMethods()) EXPECT_NE(HoldfastRoles().Find(method), nullptr) << method;
}

TEST(HoldfastRoles, GrantsWhatIsWrittenHereAndNothingElse) {
  std::set<std::string> granted;
  for (const auto& method : AllMethods()) {
    for (const Role role : kAllRoles) {
      const auto admission = Authorise(HoldfastRoles().Find(method), {{kNorth, role, "name"}, std::nullopt, {}});
      if (!admission) continue;
      EXPECT_TRUE(admission->Reaches(kNorth));
      granted.insert(std::string(Text(role)) + " " + method + (admission->Reaches(kSouth) ? " all" : " own"));
    }
  }
  EXPECT_EQ(granted, kGranted);
}

TEST(HoldfastRoles, GrantsForNoPurposeThatARoleHasNot) {
  const std::map<Role, std::set<Purpose>> purposes = {
      {Role::kWorker, {Purpose::kDirectCare, Purpose::kSubjectAccess}},
      {Role::kData, {Purpose::kDataQuality}},
      {Role::kOperator, {Purpose::kOperation}},
      {Role::kAuditor, {Purpose::kAudit, Purpose::kSubjectAccess}},
  };
  for (const auto& method : AllMethods()) {
    for (const Role role : kAllRoles) {
      for (const Purpose purpose : kAllPurposes) {
        const auto admission = Authorise(HoldfastRoles().Find(method), {{kNorth, role, "name"}, purpose, {}});
        if (admission) {
          EXPECT_TRUE(purposes.at(role).contains(purpose)) << method << Text(purpose);
        }
      }
    }
  }
}

}  // namespace
}  // namespace holdfast
