// The calls on meetings and sibling groups, on top of the others: each one handed to its handler.
#pragma once

#include "holdfast/cases/v1/cases_service.grpc.pb.h"
#include "services/cases/api/handlers.h"

namespace holdfast::cases {

// The generated class for each raw method, one on top of the other.
template <typename Base>
using RawMeetingCalls =
    v1::CasesService::WithRawCallbackMethod_ShowSiblings<
    v1::CasesService::WithRawCallbackMethod_DecideSiblings<
    v1::CasesService::WithRawCallbackMethod_LeaveSiblings<
    v1::CasesService::WithRawCallbackMethod_JoinSiblings<
    v1::CasesService::WithRawCallbackMethod_CreateSiblingGroup<
    v1::CasesService::WithRawCallbackMethod_ListMeetings<
    v1::CasesService::WithRawCallbackMethod_ShowMeeting<
    v1::CasesService::WithRawCallbackMethod_WithdrawMeeting<
    v1::CasesService::WithRawCallbackMethod_CancelMeeting<
    v1::CasesService::WithRawCallbackMethod_CorrectMeeting<
    v1::CasesService::WithRawCallbackMethod_HoldMeeting<
    v1::CasesService::WithRawCallbackMethod_PlanMeeting<Base>>>>>>>>>>>>;

// `Calls`, which derives from this, has Hand(raw call, handler).
template <typename Calls, typename Base>
class WithMeetingCalls : public RawMeetingCalls<Base> {
 public:
  grpc::ServerUnaryReactor* PlanMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/PlanMeeting", request, response},
                &cases::PlanMeeting);
  }
  grpc::ServerUnaryReactor* HoldMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/HoldMeeting", request, response},
                &cases::HoldMeeting);
  }
  grpc::ServerUnaryReactor* CorrectMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/CorrectMeeting", request, response},
                &cases::CorrectMeeting);
  }
  grpc::ServerUnaryReactor* CancelMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/CancelMeeting", request, response},
                &cases::CancelMeeting);
  }
  grpc::ServerUnaryReactor* WithdrawMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/WithdrawMeeting", request, response},
                &cases::WithdrawMeeting);
  }
  grpc::ServerUnaryReactor* ShowMeeting(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/ShowMeeting", request, response},
                &cases::ShowMeeting);
  }
  grpc::ServerUnaryReactor* ListMeetings(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/ListMeetings", request, response},
                &cases::ListMeetings);
  }
  grpc::ServerUnaryReactor* CreateSiblingGroup(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/CreateSiblingGroup", request, response},
                &cases::CreateSiblingGroup);
  }
  grpc::ServerUnaryReactor* JoinSiblings(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/JoinSiblings", request, response},
                &cases::JoinSiblings);
  }
  grpc::ServerUnaryReactor* LeaveSiblings(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/LeaveSiblings", request, response},
                &cases::LeaveSiblings);
  }
  grpc::ServerUnaryReactor* DecideSiblings(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/DecideSiblings", request, response},
                &cases::DecideSiblings);
  }
  grpc::ServerUnaryReactor* ShowSiblings(grpc::CallbackServerContext* context,
                                const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Hand({context, "holdfast.cases.v1.CasesService/ShowSiblings", request, response},
                &cases::ShowSiblings);
  }

 private:
  template <typename Handler>
  grpc::ServerUnaryReactor* Hand(const RawCall& raw, Handler handler) {
    return static_cast<Calls*>(this)->Hand(raw, handler);
  }
};

}  // namespace holdfast::cases
