// The other instances of a cluster, as an erasure needs them.
#pragma once

#include <set>
#include <string>

#include "services/node/cluster.h"
#include "services/node/erasures.h"

namespace holdfast {

class KeyPeers final : public ErasurePeers {
 public:
  // `cluster` outlives it.
  explicit KeyPeers(Cluster& cluster) : cluster_(cluster) {}

  Result<std::set<std::string>> Present() override;
  std::set<std::string> Known() override;
  Result<std::string> FetchKey(const AuthorityKeyName& name) override;

 private:
  Cluster& cluster_;
};

}  // namespace holdfast
