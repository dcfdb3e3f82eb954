#include "services/node/key_peers.h"

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/rpc/client.h"

namespace holdfast {
namespace {

using Stub = node::v1::InstanceService::Stub;

constexpr std::chrono::milliseconds kFetchLimit{2'000};

}  // namespace

Result<std::set<std::string>> KeyPeers::Present() {
  const auto instances = cluster_.Instances();
  if (!instances) return tl::unexpected(instances.error());
  std::set<std::string> ids{cluster_.instance()};
  for (const auto& instance : *instances) ids.insert(instance.id);
  return ids;
}

std::set<std::string> KeyPeers::Known() {
  std::set<std::string> ids{cluster_.instance()};
  for (const auto& instance : cluster_.KnownInstances()) ids.insert(instance.id);
  return ids;
}

std::shared_ptr<grpc::Channel> KeyPeers::ChannelTo(const std::string& endpoint) {
  const std::lock_guard lock(mutex_);
  auto& channel = channels_[endpoint];
  if (!channel) channel = OpenChannel(endpoint, cluster_.identity());
  return channel;
}

Result<std::string> KeyPeers::FetchKey(const AuthorityKeyName& name) {
  node::v1::GiveKeyFileRequest request;
  request.set_of(name.authority.text());
  request.set_version(name.version);
  for (const auto& instance : cluster_.KnownInstances()) {
    if (instance.id == cluster_.instance()) continue;
    Stub stub(ChannelTo(instance.endpoint));
    auto given = CallUnary(stub, &Stub::GiveKeyFile, request, {.timeout = kFetchLimit});
    if (given) return std::move(*given->mutable_file());
  }
  return Fail(StatusCode::kUnavailable, "KEY_NOT_FOUND",
              "no other instance that answers has version " + std::to_string(name.version) +
                  " of the key of " + name.authority.text());
}

}  // namespace holdfast
