// What every service with a journal of its own is made of: its database, its shards and its calls.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/shard/rocks_store.h"
#include "libs/shard/service_shards.h"
#include "services/node/service.h"

namespace holdfast {

// A service derives from it, opens and serves in its Start, and stops before its own parts go.
class JournalledService : public Service {
 public:
  ~JournalledService() override;

  std::string name() const final { return name_; }
  grpc::Service& grpc_service() final;  // only once started
  bool serving() const override;
  uint64_t behind() const final;
  // The shards. What pushes or reads beside them is the service's own to stop.
  void Stop() override;
  ServiceShards* shards() final { return shards_.get(); }

 protected:
  JournalledService(NodeContext& context, std::string name);

  // Opens data/state/NAME and makes the shards. `sources` are the services whose journals they read
  // too. `keeper` outlives the shards' run.
  Result<void> Open(const Keeper& keeper, std::vector<std::string> sources, size_t threads);
  // Starts the shards and waits until all partitions are served; where others own partitions too,
  // until all that there is to read is read.
  Result<void> Serve();

  NodeContext& context_;
  std::unique_ptr<RocksDatabase> database_;
  std::unique_ptr<ServiceShards> shards_;
  std::unique_ptr<grpc::Service> calls_;  // set by the service at the end of its Start

 private:
  const std::string name_;
};

}  // namespace holdfast
