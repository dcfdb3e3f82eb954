#include "services/relay/api/relay_calls.h"

#include "holdfast/relay/v1/event_stream_service.grpc.pb.h"
#include "services/relay/api/subscribe.h"

namespace holdfast::relay {
namespace {

class RelayCalls final : public v1::EventStreamService::WithRawCallbackMethod_Subscribe<
                             v1::EventStreamService::Service> {
 public:
  RelayCalls(Gate& gate, RelayParts parts) : gate_(gate), parts_(std::move(parts)) {}

  LiveReactor* Subscribe(grpc::CallbackServerContext* context,
                         const grpc::ByteBuffer* request) override {
    return gate_.Live<v1::SubscribeRequest>(
        {.context = context, .method = "holdfast.relay.v1.EventStreamService/Subscribe"}, *request,
        [this](std::shared_ptr<LiveStream> stream, const v1::SubscribeRequest& asked) {
          relay::Subscribe(parts_, std::move(stream), asked);
        });
  }

 private:
  Gate& gate_;
  const RelayParts parts_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeRelayCalls(Gate& gate, RelayParts parts) {
  return std::make_unique<RelayCalls>(gate, std::move(parts));
}

}  // namespace holdfast::relay
