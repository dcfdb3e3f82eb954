// One function for each call of AlertingService: parse, post, render. The call's answer comes
// later, from any thread.
#pragma once

#include <memory>

#include "holdfast/alerting/v1/alerting_service.pb.h"
#include "libs/rpc/live_stream.h"
#include "libs/rpc/unary_call.h"
#include "services/alerting/api/alerting_parts.h"

namespace holdfast::alerting {

template <typename Request, typename Response>
using Call = std::shared_ptr<UnaryCall<Request, Response>>;

using ListAlertsCall = Call<v1::ListAlertsRequest, v1::ListAlertsResponse>;
using ExplainAlertCall = Call<v1::ExplainAlertRequest, v1::ExplainAlertResponse>;
using ShowCalendarCall = Call<v1::ShowCalendarRequest, v1::ShowCalendarResponse>;
using ListAimCall = Call<v1::ListAimRequest, v1::ListAimResponse>;
using AcknowledgeAlertCall = Call<v1::AcknowledgeAlertRequest, v1::AcknowledgeAlertResponse>;
using UndoAlertCall = Call<v1::UndoAlertRequest, v1::UndoAlertResponse>;
using SnoozeAlertCall = Call<v1::SnoozeAlertRequest, v1::SnoozeAlertResponse>;
using ShowClockCall = Call<v1::ShowClockRequest, v1::ShowClockResponse>;
using SetClockCall = Call<v1::SetClockRequest, v1::SetClockResponse>;
using AcceptClockCall = Call<v1::AcceptClockRequest, v1::AcceptClockResponse>;

void ListAlerts(const AlertingParts& parts, const ListAlertsCall& call);
void ExplainAlert(const AlertingParts& parts, const ExplainAlertCall& call);
void StreamAlerts(const AlertingParts& parts, std::shared_ptr<LiveStream> stream,
                  const v1::StreamAlertsRequest& request);
void ShowCalendar(const AlertingParts& parts, const ShowCalendarCall& call);
void ListAim(const AlertingParts& parts, const ListAimCall& call);
void AcknowledgeAlert(const AlertingParts& parts, const AcknowledgeAlertCall& call);
void UndoAlert(const AlertingParts& parts, const UndoAlertCall& call);
void SnoozeAlert(const AlertingParts& parts, const SnoozeAlertCall& call);
void ShowClock(const AlertingParts& parts, const ShowClockCall& call);
void SetClock(const AlertingParts& parts, const SetClockCall& call);
void AcceptClock(const AlertingParts& parts, const AcceptClockCall& call);

}  // namespace holdfast::alerting
