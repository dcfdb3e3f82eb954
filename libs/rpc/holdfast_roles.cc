// RPC by role. Each RPC of each service that `holdfast up` registers has a row, also one that
// nobody may call.
#include "libs/rpc/role_table.h"

namespace holdfast {
namespace {

constexpr size_t kMostOfAnItem_bytes = 64 << 10;
constexpr size_t kMostOfForwarded_bytes =
    2 << 20;  // the most that a call may have, and what is added

Grant Worker() {
  return {Role::kWorker, Reach::kOwnAuthority, {Purpose::kDirectCare, Purpose::kSubjectAccess}};
}
// Those who advise on a child's case and review it read what its workers do.
Grant ReviewingOfficer() {
  return {Role::kReviewingOfficer, Reach::kOwnAuthority, {Purpose::kDirectCare}};
}
Grant LegalAdviser() { return {Role::kLegalAdviser, Reach::kOwnAuthority, {Purpose::kDirectCare}}; }
std::vector<Grant> CaseReaders() { return {Worker(), ReviewingOfficer(), LegalAdviser()}; }
Grant Data() { return {Role::kData, Reach::kOwnAuthority, {Purpose::kDataQuality}}; }
std::vector<Grant> CaseReadersAndData() {
  return {Worker(), Data(), ReviewingOfficer(), LegalAdviser()};
}
// An authority's own figures, for those who keep its record.
Grant OwnFigures(Role role) { return {role, Reach::kOwnAuthority, {Purpose::kStatistics}}; }
Grant AllFigures() { return {Role::kNational, Reach::kAll, {Purpose::kStatistics}}; }
Grant Operator() { return {Role::kOperator, Reach::kAll, {Purpose::kOperation}}; }
Grant Auditor() {
  return {Role::kAuditor, Reach::kAll, {Purpose::kAudit, Purpose::kSubjectAccess}};
}

// What a source feeds, and what became of it.
Grant Court() { return {Role::kCourt, Reach::kOwnAuthority, {Purpose::kDirectCare}}; }
Grant Reporter() { return {Role::kReporter, Reach::kOwnAuthority, {Purpose::kDirectCare}}; }

void AddRows(const std::string& service, const std::vector<RoleRow>& rows,
             std::vector<RoleRow>& all) {
  for (RoleRow row : rows) {
    row.method = service + "/" + row.method;
    all.push_back(std::move(row));
  }
}

std::vector<RoleRow> CasesRows() {
  return {
      {"RegisterAuthority", {Operator()}},
      {"SetAuthorityLive", {Operator()}},
      {"StateAim", {Operator()}},
      {"ListAuthorities", {Operator()}},
      {"RegisterChild", {Worker()}},
      {"AssignCase", {Worker()}},
      {"RecordFact", {Worker()}},
      {"CorrectFact", {Worker()}},
      {"WithdrawFact", {Worker()}},
      {"ShowCase", CaseReaders()},
      {"EraseChild", {Operator(), Data()}},
      {"ListCases", CaseReaders()},
      {"FindChildren", {Worker()}},
      {"ListDiscrepancies", CaseReadersAndData()},
      {"ResolveDiscrepancy", {Worker()}},
      {"StartImport", {Data()}},
      {"StateReturnRows", {Data()}},
      {"StateTrackerRow", {Data()}},
      {"ReviewReturns", {Data()}},
      {"FinishImport", {Data()}},
      {"ListImports", {Data(), Operator()}},
      {"WithdrawRun", {Data()}},
      {"PlanMeeting", {Worker()}},
      {"HoldMeeting", {Worker()}},
      {"CorrectMeeting", {Worker()}},
      {"CancelMeeting", {Worker()}},
      {"WithdrawMeeting", {Worker()}},
      {"ShowMeeting", CaseReaders()},
      {"ListMeetings", CaseReaders()},
      {"CreateSiblingGroup", {Worker()}},
      {"JoinSiblings", {Worker()}},
      {"LeaveSiblings", {Worker()}},
      {"DecideSiblings", {Worker()}},
      {"ShowSiblings", CaseReaders()},
  };
}

std::vector<RoleRow> AlertingRows() {
  return {
      {"ListAlerts", {Worker(), Data(), ReviewingOfficer(), LegalAdviser()}},
      {"ExplainAlert", CaseReaders()},
      {"StreamAlerts", {Worker(), Data()}},
      {"ShowCalendar", CaseReadersAndData()},
      {"ListAim", {Worker(), ReviewingOfficer()}},
      {"AcknowledgeAlert", {Worker()}},
      {"UndoAlert", {Worker()}},
      {"SnoozeAlert", {Worker()}},
      {"ShowClock", {Operator(), Data()}},
      {"SetClock", {Operator()}},
      {"AcceptClock", {Operator()}},
  };
}

std::vector<RoleRow> ProceedingsRows() {
  return {
      {"RegisterSource", {Operator()}},
      {"StreamItems", {Court(), Reporter()}, kMostOfAnItem_bytes},
      {"ListUnmatched", {Court(), Reporter(), Worker()}},
      {"MatchItem", {Worker()}},
      {"RematchItem", {Worker()}},
  };
}

std::vector<RoleRow> ContactRows() {
  return {
      {"RecordContact", {Worker(), Data()}},   {"CorrectContact", {Worker(), Data()}},
      {"WithdrawContact", {Worker(), Data()}}, {"ShowContact", CaseReadersAndData()},
      {"AssemblePack", CaseReadersAndData()},
  };
}

std::vector<RoleRow> AuditRows() { return {{"ListReads", {Auditor()}}}; }

std::vector<RoleRow> NationalRows() {
  return {{"ShowYear", {AllFigures(), OwnFigures(Role::kData), OwnFigures(Role::kWorker)}}};
}

// Events of the journals: an authority's own, and what a subscriber group gets under its
// pseudonyms.
std::vector<RoleRow> EventStreamRows() {
  return {
      {"Subscribe", {Data(), {Role::kSubscriber, Reach::kOwnAuthority, {Purpose::kStatistics}}}}};
}

std::vector<RoleRow> NodeRows() {
  return {
      {"ShowStatus", {Operator()}},
      {"RebuildModel", {Operator()}},
      {"ShowModels", {Operator()}},
  };
}

std::vector<RoleRow> InstanceRows() {
  return {{"SubmitCommand",
           {{Role::kService, Reach::kAll, {Purpose::kOperation}}},
           kMostOfForwarded_bytes},
          {"ShowPartitions", {{Role::kService, Reach::kAll, {Purpose::kOperation}}}},
          {"GiveKeyFile", {{Role::kService, Reach::kAll, {Purpose::kOperation}}}}};
}

std::vector<RoleRow> AllRows() {
  std::vector<RoleRow> all;
  AddRows("holdfast.cases.v1.CasesService", CasesRows(), all);
  AddRows("holdfast.alerting.v1.AlertingService", AlertingRows(), all);
  AddRows("holdfast.proceedings.v1.ProceedingsService", ProceedingsRows(), all);
  AddRows("holdfast.contact.v1.ContactService", ContactRows(), all);
  AddRows("holdfast.audit.v1.AuditService", AuditRows(), all);
  AddRows("holdfast.national.v1.NationalService", NationalRows(), all);
  AddRows("holdfast.relay.v1.EventStreamService", EventStreamRows(), all);
  AddRows("holdfast.node.v1.NodeService", NodeRows(), all);
  AddRows("holdfast.node.v1.InstanceService", InstanceRows(), all);
  return all;
}

}  // namespace

const RoleTable& HoldfastRoles() {
  static const RoleTable table{AllRows()};
  return table;
}

}  // namespace holdfast
