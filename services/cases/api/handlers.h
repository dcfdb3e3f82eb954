// One function for each call of CasesService: parse, post, render. The call's answer comes later,
// from any thread.
#pragma once

#include <memory>

#include "holdfast/cases/v1/cases_service.pb.h"
#include "libs/rpc/unary_call.h"
#include "services/cases/api/cases_parts.h"

namespace holdfast::cases {

template <typename Request, typename Response>
using Call = std::shared_ptr<UnaryCall<Request, Response>>;

using RegisterAuthorityCall = Call<v1::RegisterAuthorityRequest, v1::RegisterAuthorityResponse>;
using SetAuthorityLiveCall = Call<v1::SetAuthorityLiveRequest, v1::SetAuthorityLiveResponse>;
using StateAimCall = Call<v1::StateAimRequest, v1::StateAimResponse>;
using ListAuthoritiesCall = Call<v1::ListAuthoritiesRequest, v1::ListAuthoritiesResponse>;
using RegisterChildCall = Call<v1::RegisterChildRequest, v1::RegisterChildResponse>;
using AssignCaseCall = Call<v1::AssignCaseRequest, v1::AssignCaseResponse>;
using RecordFactCall = Call<v1::RecordFactRequest, v1::RecordFactResponse>;
using CorrectFactCall = Call<v1::CorrectFactRequest, v1::CorrectFactResponse>;
using WithdrawFactCall = Call<v1::WithdrawFactRequest, v1::WithdrawFactResponse>;
using ShowCaseCall = Call<v1::ShowCaseRequest, v1::ShowCaseResponse>;
using EraseChildCall = Call<v1::EraseChildRequest, v1::EraseChildResponse>;
using ListCasesCall = Call<v1::ListCasesRequest, v1::ListCasesResponse>;
using FindChildrenCall = Call<v1::FindChildrenRequest, v1::FindChildrenResponse>;
using ListDiscrepanciesCall = Call<v1::ListDiscrepanciesRequest, v1::ListDiscrepanciesResponse>;
using ResolveDiscrepancyCall = Call<v1::ResolveDiscrepancyRequest, v1::ResolveDiscrepancyResponse>;
using StartImportCall = Call<v1::StartImportRequest, v1::StartImportResponse>;
using StateReturnRowsCall = Call<v1::StateReturnRowsRequest, v1::StateReturnRowsResponse>;
using StateTrackerRowCall = Call<v1::StateTrackerRowRequest, v1::StateTrackerRowResponse>;
using ReviewReturnsCall = Call<v1::ReviewReturnsRequest, v1::ReviewReturnsResponse>;
using FinishImportCall = Call<v1::FinishImportRequest, v1::FinishImportResponse>;
using ListImportsCall = Call<v1::ListImportsRequest, v1::ListImportsResponse>;
using WithdrawRunCall = Call<v1::WithdrawRunRequest, v1::WithdrawRunResponse>;
using PlanMeetingCall = Call<v1::PlanMeetingRequest, v1::PlanMeetingResponse>;
using HoldMeetingCall = Call<v1::HoldMeetingRequest, v1::HoldMeetingResponse>;
using CorrectMeetingCall = Call<v1::CorrectMeetingRequest, v1::CorrectMeetingResponse>;
using CancelMeetingCall = Call<v1::CancelMeetingRequest, v1::CancelMeetingResponse>;
using WithdrawMeetingCall = Call<v1::WithdrawMeetingRequest, v1::WithdrawMeetingResponse>;
using ShowMeetingCall = Call<v1::ShowMeetingRequest, v1::ShowMeetingResponse>;
using ListMeetingsCall = Call<v1::ListMeetingsRequest, v1::ListMeetingsResponse>;
using CreateSiblingGroupCall = Call<v1::CreateSiblingGroupRequest, v1::CreateSiblingGroupResponse>;
using JoinSiblingsCall = Call<v1::JoinSiblingsRequest, v1::JoinSiblingsResponse>;
using LeaveSiblingsCall = Call<v1::LeaveSiblingsRequest, v1::LeaveSiblingsResponse>;
using DecideSiblingsCall = Call<v1::DecideSiblingsRequest, v1::DecideSiblingsResponse>;
using ShowSiblingsCall = Call<v1::ShowSiblingsRequest, v1::ShowSiblingsResponse>;

void RegisterAuthority(const CasesParts& parts, const RegisterAuthorityCall& call);
void SetAuthorityLive(const CasesParts& parts, const SetAuthorityLiveCall& call);
void StateAim(const CasesParts& parts, const StateAimCall& call);
void ListAuthorities(const CasesParts& parts, const ListAuthoritiesCall& call);
void RegisterChild(const CasesParts& parts, const RegisterChildCall& call);
void AssignCase(const CasesParts& parts, const AssignCaseCall& call);
void RecordFact(const CasesParts& parts, const RecordFactCall& call);
void CorrectFact(const CasesParts& parts, const CorrectFactCall& call);
void WithdrawFact(const CasesParts& parts, const WithdrawFactCall& call);
void ShowCase(const CasesParts& parts, const ShowCaseCall& call);
void EraseChild(const CasesParts& parts, const EraseChildCall& call);
void ListCases(const CasesParts& parts, const ListCasesCall& call);
void FindChildren(const CasesParts& parts, const FindChildrenCall& call);
void ListDiscrepancies(const CasesParts& parts, const ListDiscrepanciesCall& call);
void ResolveDiscrepancy(const CasesParts& parts, const ResolveDiscrepancyCall& call);
void StartImport(const CasesParts& parts, const StartImportCall& call);
void StateReturnRows(const CasesParts& parts, const StateReturnRowsCall& call);
void StateTrackerRow(const CasesParts& parts, const StateTrackerRowCall& call);
void ReviewReturns(const CasesParts& parts, const ReviewReturnsCall& call);
void FinishImport(const CasesParts& parts, const FinishImportCall& call);
void ListImports(const CasesParts& parts, const ListImportsCall& call);
void WithdrawRun(const CasesParts& parts, const WithdrawRunCall& call);
void PlanMeeting(const CasesParts& parts, const PlanMeetingCall& call);
void HoldMeeting(const CasesParts& parts, const HoldMeetingCall& call);
void CorrectMeeting(const CasesParts& parts, const CorrectMeetingCall& call);
void CancelMeeting(const CasesParts& parts, const CancelMeetingCall& call);
void WithdrawMeeting(const CasesParts& parts, const WithdrawMeetingCall& call);
void ShowMeeting(const CasesParts& parts, const ShowMeetingCall& call);
void ListMeetings(const CasesParts& parts, const ListMeetingsCall& call);
void CreateSiblingGroup(const CasesParts& parts, const CreateSiblingGroupCall& call);
void JoinSiblings(const CasesParts& parts, const JoinSiblingsCall& call);
void LeaveSiblings(const CasesParts& parts, const LeaveSiblingsCall& call);
void DecideSiblings(const CasesParts& parts, const DecideSiblingsCall& call);
void ShowSiblings(const CasesParts& parts, const ShowSiblingsCall& call);

}  // namespace holdfast::cases
