#include "services/node/key_peers.h"

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/rpc/client.h"

namespace holdfast {
namespace {

using Stub = node::v1::InstanceService::Stub;

constexpr std::chrono::milliseconds kFetchLimit{2'000};

}  // namespace

Result<std::set<std::string>> KeyPeers::Present() {
  if (auto asked = cluster_.AskWhoIsPresent(); !asked) return tl::unexpected(asked.error());
  std::set<std::string> ids{cluster_.instance()};
  for (const auto& instance : cluster_.instances().Present()) ids.insert(instance.id);
  return ids;
}

std::set<std::string> KeyPeers::Known() {
  std::set<std::string> ids{cluster_.instance()};
  for (const auto& instance : cluster_.instances().Known()) ids.insert(instance.id);
  return ids;
}

Result<std::string> KeyPeers::FetchKey(const AuthorityKeyName& name) {
  node::v1::GiveKeyFileRequest request;
  request.set_of(name.authority.text());
  request.set_version(name.version);
  for (const auto& instance : cluster_.instances().Known()) {
    if (instance.id == cluster_.instance()) continue;
    Stub stub(cluster_.channels().To(instance.endpoint));
    auto given = CallUnary(stub, &Stub::GiveKeyFile, request, {.timeout = kFetchLimit});
    if (given) return std::move(*given->mutable_file());
  }
  return Fail(StatusCode::kUnavailable, "KEY_NOT_FOUND",
              "no other instance that answers has version " + std::to_string(name.version) +
                  " of the key of " + name.authority.text());
}

}  // namespace holdfast
