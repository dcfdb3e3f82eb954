#include "services/alerting/api/alerting_calls.h"

#include "holdfast/alerting/v1/alerting_service.grpc.pb.h"
#include "services/alerting/api/handlers.h"

namespace holdfast::alerting {
namespace {

// The generated class for each raw method, one on top of the other.
using WithListAlerts =
    v1::AlertingService::WithRawCallbackMethod_ListAlerts<v1::AlertingService::Service>;
using WithExplainAlert = v1::AlertingService::WithRawCallbackMethod_ExplainAlert<WithListAlerts>;
using WithShowCalendar = v1::AlertingService::WithRawCallbackMethod_ShowCalendar<WithExplainAlert>;
using WithListAim = v1::AlertingService::WithRawCallbackMethod_ListAim<WithShowCalendar>;
using WithStreamAlerts = v1::AlertingService::WithRawCallbackMethod_StreamAlerts<WithListAim>;
using WithAcknowledgeAlert =
    v1::AlertingService::WithRawCallbackMethod_AcknowledgeAlert<WithStreamAlerts>;
using WithUndoAlert = v1::AlertingService::WithRawCallbackMethod_UndoAlert<WithAcknowledgeAlert>;
using WithSnoozeAlert = v1::AlertingService::WithRawCallbackMethod_SnoozeAlert<WithUndoAlert>;
using WithShowClock = v1::AlertingService::WithRawCallbackMethod_ShowClock<WithSnoozeAlert>;
using WithSetClock = v1::AlertingService::WithRawCallbackMethod_SetClock<WithShowClock>;
using WithAcceptClock = v1::AlertingService::WithRawCallbackMethod_AcceptClock<WithSetClock>;

class AlertingCalls final : public WithAcceptClock {
 public:
  AlertingCalls(Gate& gate, const AlertingParts& parts) : gate_(gate), parts_(parts) {}

  grpc::ServerUnaryReactor* ListAlerts(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override {
    return Hand<v1::ListAlertsRequest, v1::ListAlertsResponse>(
        {context, "holdfast.alerting.v1.AlertingService/ListAlerts", request, response},
        &alerting::ListAlerts);
  }
  grpc::ServerUnaryReactor* ExplainAlert(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Hand<v1::ExplainAlertRequest, v1::ExplainAlertResponse>(
        {context, "holdfast.alerting.v1.AlertingService/ExplainAlert", request, response},
        &alerting::ExplainAlert);
  }
  grpc::ServerUnaryReactor* ShowCalendar(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Hand<v1::ShowCalendarRequest, v1::ShowCalendarResponse>(
        {context, "holdfast.alerting.v1.AlertingService/ShowCalendar", request, response},
        &alerting::ShowCalendar);
  }
  grpc::ServerUnaryReactor* ListAim(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override {
    return Hand<v1::ListAimRequest, v1::ListAimResponse>(
        {context, "holdfast.alerting.v1.AlertingService/ListAim", request, response},
        &alerting::ListAim);
  }
  LiveReactor* StreamAlerts(grpc::CallbackServerContext* context,
                            const grpc::ByteBuffer* request) override {
    return gate_.Live<v1::StreamAlertsRequest>(
        {.context = context, .method = "holdfast.alerting.v1.AlertingService/StreamAlerts"},
        *request, [this](std::shared_ptr<LiveStream> stream, const v1::StreamAlertsRequest& asked) {
          alerting::StreamAlerts(parts_, std::move(stream), asked);
        });
  }
  grpc::ServerUnaryReactor* AcknowledgeAlert(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override {
    return Hand<v1::AcknowledgeAlertRequest, v1::AcknowledgeAlertResponse>(
        {context, "holdfast.alerting.v1.AlertingService/AcknowledgeAlert", request, response},
        &alerting::AcknowledgeAlert);
  }
  grpc::ServerUnaryReactor* UndoAlert(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Hand<v1::UndoAlertRequest, v1::UndoAlertResponse>(
        {context, "holdfast.alerting.v1.AlertingService/UndoAlert", request, response},
        &alerting::UndoAlert);
  }
  grpc::ServerUnaryReactor* SnoozeAlert(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::SnoozeAlertRequest, v1::SnoozeAlertResponse>(
        {context, "holdfast.alerting.v1.AlertingService/SnoozeAlert", request, response},
        &alerting::SnoozeAlert);
  }
  grpc::ServerUnaryReactor* ShowClock(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Hand<v1::ShowClockRequest, v1::ShowClockResponse>(
        {context, "holdfast.alerting.v1.AlertingService/ShowClock", request, response},
        &alerting::ShowClock);
  }
  grpc::ServerUnaryReactor* SetClock(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override {
    return Hand<v1::SetClockRequest, v1::SetClockResponse>(
        {context, "holdfast.alerting.v1.AlertingService/SetClock", request, response},
        &alerting::SetClock);
  }
  grpc::ServerUnaryReactor* AcceptClock(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Hand<v1::AcceptClockRequest, v1::AcceptClockResponse>(
        {context, "holdfast.alerting.v1.AlertingService/AcceptClock", request, response},
        &alerting::AcceptClock);
  }

 private:
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Hand(const RawCall& raw,
                                 void (*handle)(const AlertingParts&,
                                                const Call<Request, Response>&)) {
    return gate_.Unary<Request, Response>(
        raw, [&](Call<Request, Response> call) { handle(parts_, call); });
  }

  Gate& gate_;
  const AlertingParts& parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAlertingCalls(Gate& gate, const AlertingParts& parts) {
  return std::make_unique<AlertingCalls>(gate, parts);
}

}  // namespace holdfast::alerting
