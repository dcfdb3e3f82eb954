#include "services/node/service_door.h"

#include "libs/rpc/forwarded_call.h"

namespace holdfast {

std::string ServiceOfMethod(std::string_view method) {
  constexpr std::string_view kPackages = "holdfast.";
  if (!method.starts_with(kPackages)) return {};
  method.remove_prefix(kPackages.size());
  return std::string(method.substr(0, method.find('.')));
}

grpc::ServerGenericBidiReactor* ServiceDoor::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const std::string method = context->method().substr(1);  // after the slash
  if (HoldfastRoles().Find(method) == nullptr)
    return ForwardedCall::TurnAway({grpc::StatusCode::UNIMPLEMENTED, ""});
  const auto call = gate_.AdmitForwardable(*context, method);
  if (!call) return ForwardedCall::TurnAway(ToGrpc(call.error()));
  const auto channel = ChannelFor(ServiceOfMethod(method));
  if (!channel) return ForwardedCall::TurnAway(ToGrpc(channel.error()));
  return ForwardedCall::Start(*call, *channel);
}

Result<std::shared_ptr<grpc::Channel>> ServiceDoor::ChannelFor(const std::string& service) {
  if (instances_ == nullptr || !instances_->IsKnown(service)) {
    return Fail(StatusCode::kFailedPrecondition, "SERVICE_NOT_RUNNING",
                "no instance runs the service " + service + "; see: holdfast serve --help");
  }
  const auto running = instances_->Running(service);
  const size_t turn = next_++;
  for (size_t i = 0; i < running.size(); ++i) {
    const InstanceView& one = running[(turn + i) % running.size()];
    if (one.id == instance_ || one.endpoint.empty()) continue;
    auto channel = channels_->To(one.endpoint);
    // Asked to connect again, for the next call.
    if (channel->GetState(true) != GRPC_CHANNEL_TRANSIENT_FAILURE) return channel;
  }
  return tl::unexpected(Status{StatusCode::kUnavailable, "NOT_TAKEN",
                               "no instance that runs the service " + service + " is there now"});
}

}  // namespace holdfast
