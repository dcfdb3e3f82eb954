// The door to services that this instance does not run: brings a call, once, to an instance that
// does.
#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/rpc/forwarded_call.h"
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

  // Gives up the calls that wait for instances that are not there any more. To be called now and
  // then.
  void LeaveAbsent();

 private:
  struct Lead {
    std::string instance;
    std::shared_ptr<grpc::Channel> channel;
  };
  // NOT_TAKEN (kUnavailable) while none of those that run it is there; SERVICE_NOT_RUNNING
  // (kFailedPrecondition) when none ever did.
  Result<Lead> LeadTo(const std::string& service);

  const Gate gate_;
  std::string instance_;
  const Instances* instances_ = nullptr;
  PeerChannels* channels_ = nullptr;
  std::atomic<size_t> next_ = 0;  // whose turn it is, of those that run a service
  std::mutex mutex_;              // guards the next one
  std::map<std::string, std::vector<std::weak_ptr<ForwardedCall>>> under_way_;  // by instance
};

}  // namespace holdfast
