// Who may stream what: an authority's data team its own events, a subscriber group its own
// pseudonymised ones.
#pragma once

#include "holdfast/relay/v1/event_stream_service.pb.h"
#include "services/relay/api/relay_calls.h"

namespace holdfast::relay {

void Subscribe(const RelayParts& parts, std::shared_ptr<LiveStream> stream,
               const v1::SubscribeRequest& request);

}  // namespace holdfast::relay
