// Channels to the other instances, over mutual TLS with the role service; kept, one for each
// address.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "libs/rpc/client.h"

namespace holdfast {

// Thread-safe.
class PeerChannels {
 public:
  // `identity` is of the role service.
  explicit PeerChannels(TlsIdentity identity) : identity_(std::move(identity)) {}

  std::shared_ptr<grpc::Channel> To(const std::string& endpoint) {
    const std::lock_guard lock(mutex_);
    auto& channel = channels_[endpoint];
    if (!channel) channel = OpenChannel(endpoint, identity_);
    return channel;
  }

 private:
  const TlsIdentity identity_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // by endpoint
};

}  // namespace holdfast
