#include "services/node/service_door.h"

#include <set>

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
  const auto lead = LeadTo(ServiceOfMethod(method));
  if (!lead) return ForwardedCall::TurnAway(ToGrpc(lead.error()));
  const auto forwarded = ForwardedCall::Start(*call, lead->channel);
  const std::lock_guard lock(mutex_);
  under_way_[lead->instance].push_back(forwarded);
  return forwarded.get();
}

void ServiceDoor::LeaveAbsent() {
  if (instances_ == nullptr) return;
  std::set<std::string> present;
  for (const auto& one : instances_->Present()) present.insert(one.id);
  std::vector<std::shared_ptr<ForwardedCall>> left;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [instance, calls] : under_way_) {
      std::erase_if(calls, [](const auto& call) { return call.expired(); });
      if (present.contains(instance)) continue;
      for (const auto& call : calls) left.push_back(call.lock());
    }
  }
  // Not under the lock: gRPC may call back from within.
  for (const auto& call : left) {
    if (call) call->GiveUp();
  }
}

Result<ServiceDoor::Lead> ServiceDoor::LeadTo(const std::string& service) {
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
    if (channel->GetState(true) != GRPC_CHANNEL_TRANSIENT_FAILURE)
      return Lead{one.id, std::move(channel)};
  }
  return tl::unexpected(Status{StatusCode::kUnavailable, "NOT_TAKEN",
                               "no instance that runs the service " + service + " is there now"});
}

}  // namespace holdfast
