#include "services/cases/api/cases_calls.h"

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "services/cases/api/handlers.h"
#include "services/cases/api/meeting_calls.h"

namespace holdfast::cases {
namespace {

// The generated class for each raw method, one on top of the other.
using WithRegisterAuthority =
    v1::CasesService::WithRawCallbackMethod_RegisterAuthority<v1::CasesService::Service>;
using WithSetAuthorityLive =
    v1::CasesService::WithRawCallbackMethod_SetAuthorityLive<WithRegisterAuthority>;
using WithStateAim = v1::CasesService::WithRawCallbackMethod_StateAim<WithSetAuthorityLive>;
using WithListAuthorities = v1::CasesService::WithRawCallbackMethod_ListAuthorities<WithStateAim>;
using WithRegisterChild =
    v1::CasesService::WithRawCallbackMethod_RegisterChild<WithListAuthorities>;
using WithAssignCase = v1::CasesService::WithRawCallbackMethod_AssignCase<WithRegisterChild>;
using WithRecordFact = v1::CasesService::WithRawCallbackMethod_RecordFact<WithAssignCase>;
using WithCorrectFact = v1::CasesService::WithRawCallbackMethod_CorrectFact<WithRecordFact>;
using WithWithdrawFact = v1::CasesService::WithRawCallbackMethod_WithdrawFact<WithCorrectFact>;
using WithShowCase = v1::CasesService::WithRawCallbackMethod_ShowCase<WithWithdrawFact>;
using WithEraseChild = v1::CasesService::WithRawCallbackMethod_EraseChild<WithShowCase>;
using WithListCases = v1::CasesService::WithRawCallbackMethod_ListCases<WithEraseChild>;
using WithFindChildren = v1::CasesService::WithRawCallbackMethod_FindChildren<WithListCases>;
using WithListDiscrepancies =
    v1::CasesService::WithRawCallbackMethod_ListDiscrepancies<WithFindChildren>;
using WithResolveDiscrepancy =
    v1::CasesService::WithRawCallbackMethod_ResolveDiscrepancy<WithListDiscrepancies>;
using WithStartImport = v1::CasesService::WithRawCallbackMethod_StartImport<WithResolveDiscrepancy>;
using WithStateReturnRows =
    v1::CasesService::WithRawCallbackMethod_StateReturnRows<WithStartImport>;
using WithStateTrackerRow =
    v1::CasesService::WithRawCallbackMethod_StateTrackerRow<WithStateReturnRows>;
using WithReviewReturns =
    v1::CasesService::WithRawCallbackMethod_ReviewReturns<WithStateTrackerRow>;
using WithFinishImport = v1::CasesService::WithRawCallbackMethod_FinishImport<WithReviewReturns>;
using WithListImports = v1::CasesService::WithRawCallbackMethod_ListImports<WithFinishImport>;
using WithWithdrawRun = v1::CasesService::WithRawCallbackMethod_WithdrawRun<WithListImports>;

class CasesCalls final : public WithMeetingCalls<CasesCalls, WithWithdrawRun> {
 public:
  CasesCalls(Gate& gate, const CasesParts& parts) : gate_(gate), parts_(parts) {}

  grpc::ServerUnaryReactor* RegisterAuthority(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override {
    return Hand<v1::RegisterAuthorityRequest, v1::RegisterAuthorityResponse>(
        {context, "holdfast.cases.v1.CasesService/RegisterAuthority", request, response},
        &cases::RegisterAuthority);
  }
  grpc::ServerUnaryReactor* SetAuthorityLive(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return Hand<v1::SetAuthorityLiveRequest, v1::SetAuthorityLiveResponse>(
        {context, "holdfast.cases.v1.CasesService/SetAuthorityLive", request, response},
        &cases::SetAuthorityLive);
  }
  grpc::ServerUnaryReactor* StateAim(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return Hand<v1::StateAimRequest, v1::StateAimResponse>(
        {context, "holdfast.cases.v1.CasesService/StateAim", request, response}, &cases::StateAim);
  }
  grpc::ServerUnaryReactor* ListAuthorities(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Hand<v1::ListAuthoritiesRequest, v1::ListAuthoritiesResponse>(
        {context, "holdfast.cases.v1.CasesService/ListAuthorities", request, response},
        &cases::ListAuthorities);
  }
  grpc::ServerUnaryReactor* RegisterChild(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Hand<v1::RegisterChildRequest, v1::RegisterChildResponse>(
        {context, "holdfast.cases.v1.CasesService/RegisterChild", request, response},
        &cases::RegisterChild);
  }
  grpc::ServerUnaryReactor* AssignCase(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Hand<v1::AssignCaseRequest, v1::AssignCaseResponse>(
        {context, "holdfast.cases.v1.CasesService/AssignCase", request, response},
        &cases::AssignCase);
  }
  grpc::ServerUnaryReactor* RecordFact(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Hand<v1::RecordFactRequest, v1::RecordFactResponse>(
        {context, "holdfast.cases.v1.CasesService/RecordFact", request, response},
        &cases::RecordFact);
  }
  grpc::ServerUnaryReactor* CorrectFact(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::CorrectFactRequest, v1::CorrectFactResponse>(
        {context, "holdfast.cases.v1.CasesService/CorrectFact", request, response},
        &cases::CorrectFact);
  }
  grpc::ServerUnaryReactor* WithdrawFact(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Hand<v1::WithdrawFactRequest, v1::WithdrawFactResponse>(
        {context, "holdfast.cases.v1.CasesService/WithdrawFact", request, response},
        &cases::WithdrawFact);
  }
  grpc::ServerUnaryReactor* ShowCase(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return Hand<v1::ShowCaseRequest, v1::ShowCaseResponse>(
        {context, "holdfast.cases.v1.CasesService/ShowCase", request, response}, &cases::ShowCase);
  }
  grpc::ServerUnaryReactor* EraseChild(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Hand<v1::EraseChildRequest, v1::EraseChildResponse>(
        {context, "holdfast.cases.v1.CasesService/EraseChild", request, response},
        &cases::EraseChild);
  }
  grpc::ServerUnaryReactor* ListCases(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Hand<v1::ListCasesRequest, v1::ListCasesResponse>(
        {context, "holdfast.cases.v1.CasesService/ListCases", request, response},
        &cases::ListCases);
  }
  grpc::ServerUnaryReactor* FindChildren(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Hand<v1::FindChildrenRequest, v1::FindChildrenResponse>(
        {context, "holdfast.cases.v1.CasesService/FindChildren", request, response},
        &cases::FindChildren);
  }
  grpc::ServerUnaryReactor* ListDiscrepancies(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override {
    return Hand<v1::ListDiscrepanciesRequest, v1::ListDiscrepanciesResponse>(
        {context, "holdfast.cases.v1.CasesService/ListDiscrepancies", request, response},
        &cases::ListDiscrepancies);
  }
  grpc::ServerUnaryReactor* ResolveDiscrepancy(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return Hand<v1::ResolveDiscrepancyRequest, v1::ResolveDiscrepancyResponse>(
        {context, "holdfast.cases.v1.CasesService/ResolveDiscrepancy", request, response},
        &cases::ResolveDiscrepancy);
  }
  grpc::ServerUnaryReactor* StartImport(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::StartImportRequest, v1::StartImportResponse>(
        {context, "holdfast.cases.v1.CasesService/StartImport", request, response},
        &cases::StartImport);
  }
  grpc::ServerUnaryReactor* StateReturnRows(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Hand<v1::StateReturnRowsRequest, v1::StateReturnRowsResponse>(
        {context, "holdfast.cases.v1.CasesService/StateReturnRows", request, response},
        &cases::StateReturnRows);
  }
  grpc::ServerUnaryReactor* StateTrackerRow(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Hand<v1::StateTrackerRowRequest, v1::StateTrackerRowResponse>(
        {context, "holdfast.cases.v1.CasesService/StateTrackerRow", request, response},
        &cases::StateTrackerRow);
  }
  grpc::ServerUnaryReactor* ReviewReturns(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Hand<v1::ReviewReturnsRequest, v1::ReviewReturnsResponse>(
        {context, "holdfast.cases.v1.CasesService/ReviewReturns", request, response},
        &cases::ReviewReturns);
  }
  grpc::ServerUnaryReactor* FinishImport(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Hand<v1::FinishImportRequest, v1::FinishImportResponse>(
        {context, "holdfast.cases.v1.CasesService/FinishImport", request, response},
        &cases::FinishImport);
  }
  grpc::ServerUnaryReactor* ListImports(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::ListImportsRequest, v1::ListImportsResponse>(
        {context, "holdfast.cases.v1.CasesService/ListImports", request, response},
        &cases::ListImports);
  }
  grpc::ServerUnaryReactor* WithdrawRun(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::WithdrawRunRequest, v1::WithdrawRunResponse>(
        {context, "holdfast.cases.v1.CasesService/WithdrawRun", request, response},
        &cases::WithdrawRun);
  }

  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Hand(const RawCall& raw,
                                 void (*handle)(const CasesParts&,
                                                const Call<Request, Response>&)) {
    return gate_.Unary<Request, Response>(
        raw, [&](Call<Request, Response> call) { handle(parts_, call); });
  }

 private:
  Gate& gate_;
  const CasesParts& parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeCasesCalls(Gate& gate, const CasesParts& parts) {
  return std::make_unique<CasesCalls>(gate, parts);
}

}  // namespace holdfast::cases
