// The door to services that this instance does not run: brings a call, once, to an instance that
// does.
#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <set>
#include <string>

#include "libs/rpc/gate.h"
#include "services/node/instances.h"
#include "services/node/peer_channels.h"

namespace holdfast {

// The service of a method's full name: "cases" of "holdfast.cases.v1.CasesService/ShowCase"; blank
// when it has none.
std::string ServiceOfMethod(std::string_view method);

// Any thread; never blocks.
class ServiceDoor final : public grpc::CallbackGenericService {
 public:
  explicit ServiceDoor(const Gate& gate) : gate_(gate) {}

  // Before it serves: without it, nobody is known to run anything. Both outlive every call.
  // `instance` is this one.
  void OpenTo(std::string instance, const Instances& instances, PeerChannels& channels) {
    instance_ = std::move(instance);
    instances_ = &instances;
    channels_ = &channels;
  }

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  // NOT_TAKEN (kUnavailable) while none of those that run it is there; SERVICE_NOT_RUNNING
  // (kFailedPrecondition) when none ever did.
  Result<std::shared_ptr<grpc::Channel>> ChannelFor(const std::string& service);

  const Gate gate_;
  std::string instance_;
  const Instances* instances_ = nullptr;
  PeerChannels* channels_ = nullptr;
  std::atomic<size_t> next_ = 0;  // whose turn it is, of those that run a service
};

}  // namespace holdfast
