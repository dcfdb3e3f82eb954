// The whole table, said a second time: who may call what, for which purposes, and how far it
// reaches. That it has the calls of every service is tests/record/role_walk_test.cc's to show.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "libs/rpc/role_table.h"

namespace holdfast {
namespace {

const AuthorityCode kNorth = *AuthorityCode::FromText("E06000901");
const AuthorityCode kSouth = *AuthorityCode::FromText("E06000902");

// Role and method of every call that is let in, and whether it reaches other authorities.
const std::set<std::string> kGranted = {
    "operator holdfast.cases.v1.CasesService/RegisterAuthority all",
    "operator holdfast.cases.v1.CasesService/SetAuthorityLive all",
    "operator holdfast.cases.v1.CasesService/StateAim all",
    "operator holdfast.cases.v1.CasesService/ListAuthorities all",
    "worker holdfast.cases.v1.CasesService/RegisterChild own",
    "worker holdfast.cases.v1.CasesService/AssignCase own",
    "worker holdfast.cases.v1.CasesService/RecordFact own",
    "worker holdfast.cases.v1.CasesService/CorrectFact own",
    "worker holdfast.cases.v1.CasesService/WithdrawFact own",
    "worker holdfast.cases.v1.CasesService/ShowCase own",
    "operator holdfast.cases.v1.CasesService/EraseChild all",
    "data holdfast.cases.v1.CasesService/EraseChild own",
    "worker holdfast.cases.v1.CasesService/ListCases own",
    "worker holdfast.cases.v1.CasesService/FindChildren own",
    "worker holdfast.cases.v1.CasesService/ListDiscrepancies own",
    "data holdfast.cases.v1.CasesService/ListDiscrepancies own",
    "worker holdfast.cases.v1.CasesService/ResolveDiscrepancy own",
    "data holdfast.cases.v1.CasesService/StartImport own",
    "data holdfast.cases.v1.CasesService/StateReturnRows own",
    "data holdfast.cases.v1.CasesService/StateTrackerRow own",
    "data holdfast.cases.v1.CasesService/ReviewReturns own",
    "data holdfast.cases.v1.CasesService/FinishImport own",
    "data holdfast.cases.v1.CasesService/ListImports own",
    "operator holdfast.cases.v1.CasesService/ListImports all",
    "data holdfast.cases.v1.CasesService/WithdrawRun own",
    "worker holdfast.cases.v1.CasesService/PlanMeeting own",
    "worker holdfast.cases.v1.CasesService/HoldMeeting own",
    "worker holdfast.cases.v1.CasesService/CorrectMeeting own",
    "worker holdfast.cases.v1.CasesService/CancelMeeting own",
    "worker holdfast.cases.v1.CasesService/WithdrawMeeting own",
    "worker holdfast.cases.v1.CasesService/ShowMeeting own",
    "worker holdfast.cases.v1.CasesService/ListMeetings own",
    "worker holdfast.cases.v1.CasesService/CreateSiblingGroup own",
    "worker holdfast.cases.v1.CasesService/JoinSiblings own",
    "worker holdfast.cases.v1.CasesService/LeaveSiblings own",
    "worker holdfast.cases.v1.CasesService/DecideSiblings own",
    "worker holdfast.cases.v1.CasesService/ShowSiblings own",
    "reviewing_officer holdfast.cases.v1.CasesService/ShowMeeting own",
    "legal_adviser holdfast.cases.v1.CasesService/ShowMeeting own",
    "reviewing_officer holdfast.cases.v1.CasesService/ListMeetings own",
    "legal_adviser holdfast.cases.v1.CasesService/ListMeetings own",
    "reviewing_officer holdfast.cases.v1.CasesService/ShowSiblings own",
    "legal_adviser holdfast.cases.v1.CasesService/ShowSiblings own",
    "worker holdfast.alerting.v1.AlertingService/ListAlerts own",
    "data holdfast.alerting.v1.AlertingService/ListAlerts own",
    "worker holdfast.alerting.v1.AlertingService/ExplainAlert own",
    "worker holdfast.alerting.v1.AlertingService/StreamAlerts own",
    "data holdfast.alerting.v1.AlertingService/StreamAlerts own",
    "worker holdfast.alerting.v1.AlertingService/ShowCalendar own",
    "data holdfast.alerting.v1.AlertingService/ShowCalendar own",
    "worker holdfast.alerting.v1.AlertingService/ListAim own",
    "worker holdfast.alerting.v1.AlertingService/AcknowledgeAlert own",
    "worker holdfast.alerting.v1.AlertingService/UndoAlert own",
    "worker holdfast.alerting.v1.AlertingService/SnoozeAlert own",
    "operator holdfast.alerting.v1.AlertingService/ShowClock all",
    "data holdfast.alerting.v1.AlertingService/ShowClock own",
    "operator holdfast.alerting.v1.AlertingService/SetClock all",
    "operator holdfast.alerting.v1.AlertingService/AcceptClock all",
    "operator holdfast.proceedings.v1.ProceedingsService/RegisterSource all",
    "court holdfast.proceedings.v1.ProceedingsService/StreamItems own",
    "reporter holdfast.proceedings.v1.ProceedingsService/StreamItems own",
    "court holdfast.proceedings.v1.ProceedingsService/ListUnmatched own",
    "reporter holdfast.proceedings.v1.ProceedingsService/ListUnmatched own",
    "worker holdfast.proceedings.v1.ProceedingsService/ListUnmatched own",
    "worker holdfast.proceedings.v1.ProceedingsService/MatchItem own",
    "worker holdfast.proceedings.v1.ProceedingsService/RematchItem own",
    "reviewing_officer holdfast.cases.v1.CasesService/ShowCase own",
    "legal_adviser holdfast.cases.v1.CasesService/ShowCase own",
    "reviewing_officer holdfast.cases.v1.CasesService/ListCases own",
    "legal_adviser holdfast.cases.v1.CasesService/ListCases own",
    "reviewing_officer holdfast.cases.v1.CasesService/ListDiscrepancies own",
    "legal_adviser holdfast.cases.v1.CasesService/ListDiscrepancies own",
    "reviewing_officer holdfast.alerting.v1.AlertingService/ListAlerts own",
    "legal_adviser holdfast.alerting.v1.AlertingService/ListAlerts own",
    "reviewing_officer holdfast.alerting.v1.AlertingService/ExplainAlert own",
    "legal_adviser holdfast.alerting.v1.AlertingService/ExplainAlert own",
    "reviewing_officer holdfast.alerting.v1.AlertingService/ShowCalendar own",
    "legal_adviser holdfast.alerting.v1.AlertingService/ShowCalendar own",
    "reviewing_officer holdfast.contact.v1.ContactService/ShowContact own",
    "legal_adviser holdfast.contact.v1.ContactService/ShowContact own",
    "reviewing_officer holdfast.contact.v1.ContactService/AssemblePack own",
    "legal_adviser holdfast.contact.v1.ContactService/AssemblePack own",
    "reviewing_officer holdfast.alerting.v1.AlertingService/ListAim own",
    "worker holdfast.contact.v1.ContactService/RecordContact own",
    "data holdfast.contact.v1.ContactService/RecordContact own",
    "worker holdfast.contact.v1.ContactService/CorrectContact own",
    "data holdfast.contact.v1.ContactService/CorrectContact own",
    "worker holdfast.contact.v1.ContactService/WithdrawContact own",
    "data holdfast.contact.v1.ContactService/WithdrawContact own",
    "worker holdfast.contact.v1.ContactService/ShowContact own",
    "data holdfast.contact.v1.ContactService/ShowContact own",
    "worker holdfast.contact.v1.ContactService/AssemblePack own",
    "data holdfast.contact.v1.ContactService/AssemblePack own",
    "auditor holdfast.audit.v1.AuditService/ListReads all",
    "national holdfast.national.v1.NationalService/ShowYear all",
    "data holdfast.national.v1.NationalService/ShowYear own",
    "worker holdfast.national.v1.NationalService/ShowYear own",
    "data holdfast.relay.v1.EventStreamService/Subscribe own",
    "subscriber holdfast.relay.v1.EventStreamService/Subscribe own",
    "operator holdfast.node.v1.NodeService/ShowStatus all",
    "operator holdfast.node.v1.NodeService/RebuildModel all",
    "operator holdfast.node.v1.NodeService/ShowModels all",
    "service holdfast.node.v1.InstanceService/ShowPartitions all",
    "service holdfast.node.v1.InstanceService/SubmitCommand all",
    "service holdfast.node.v1.InstanceService/GiveKeyFile all",
};

std::vector<std::string> AllMethods() {
  std::vector<std::string> all;
  for (const auto& [method, row] : HoldfastRoles().rows()) all.push_back(method);
  return all;
}

TEST(HoldfastRoles, GrantsWhatIsWrittenHereAndNothingElse) {
  std::set<std::string> granted;
  for (const auto& method : AllMethods()) {
    for (const Role role : kAllRoles) {
      const auto admission =
          Authorise(HoldfastRoles().Find(method), {{kNorth, role, "name"}, std::nullopt, {}});
      if (!admission) continue;
      EXPECT_TRUE(admission->Reaches(kNorth));
      granted.insert(std::string(Text(role)) + " " + method +
                     (admission->Reaches(kSouth) ? " all" : " own"));
    }
  }
  EXPECT_EQ(granted, kGranted);
}

TEST(HoldfastRoles, GrantsForNoPurposeThatARoleHasNot) {
  const std::map<Role, std::set<Purpose>> purposes = {
      {Role::kWorker, {Purpose::kDirectCare, Purpose::kSubjectAccess, Purpose::kStatistics}},
      {Role::kData, {Purpose::kDataQuality, Purpose::kStatistics}},
      {Role::kReviewingOfficer, {Purpose::kDirectCare}},
      {Role::kLegalAdviser, {Purpose::kDirectCare}},
      {Role::kNational, {Purpose::kStatistics}},
      {Role::kCourt, {Purpose::kDirectCare}},
      {Role::kReporter, {Purpose::kDirectCare}},
      {Role::kSubscriber, {Purpose::kStatistics}},
      {Role::kOperator, {Purpose::kOperation}},
      {Role::kService, {Purpose::kOperation}},
      {Role::kAuditor, {Purpose::kAudit, Purpose::kSubjectAccess}},
  };
  for (const auto& method : AllMethods()) {
    for (const Role role : kAllRoles) {
      for (const Purpose purpose : kAllPurposes) {
        const auto admission =
            Authorise(HoldfastRoles().Find(method), {{kNorth, role, "name"}, purpose, {}});
        if (admission) {
          EXPECT_TRUE(purposes.at(role).contains(purpose)) << method << Text(purpose);
          EXPECT_EQ(purpose == Purpose::kStatistics,
                    method.starts_with("holdfast.national.") || role == Role::kSubscriber)
              << method << Text(role);
        }
      }
    }
  }
}

}  // namespace
}  // namespace holdfast
