// The other instances of a cluster, as an erasure needs them.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <mutex>

#include "services/node/cluster.h"
#include "services/node/erasures.h"

namespace holdfast {

class KeyPeers final : public ErasurePeers {
 public:
  // `cluster` outlives it.
  explicit KeyPeers(const Cluster& cluster) : cluster_(cluster) {}

  Result<std::set<std::string>> Present() override;
  std::set<std::string> Known() override;
  Result<std::string> FetchKey(const AuthorityKeyName& name) override;

 private:
  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& endpoint);

  const Cluster& cluster_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>>
      channels_;  // by endpoint; guarded by mutex_
};

}  // namespace holdfast
