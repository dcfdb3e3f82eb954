// Brings commands to the instances that own their partitions, over mutual TLS with the role
// service.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/rpc/certificates.h"
#include "libs/shard/command_forwarder.h"
#include "services/node/owners.h"

namespace holdfast {

node::v1::SubmitCommandRequest RequestOf(const LogPartition& partition, const Command& command);
// Nothing: an id in it is none.
std::optional<Command> CommandOf(const node::v1::SubmitCommandRequest& request);

node::v1::SubmitCommandResponse ResponseOf(const Result<Answer>& answer);
Result<Answer> AnswerOf(const node::v1::SubmitCommandResponse& response);

class PeerForwarder final : public CommandForwarder {
 public:
  // `owners` outlives it. `identity` is of the role service; `instance` is this one.
  PeerForwarder(std::string instance, TlsIdentity identity, const Owners& owners);

  void Forward(const LogPartition& partition, Command command, Reply reply) override;

 private:
  using Stub = node::v1::InstanceService::Stub;

  std::shared_ptr<Stub> StubOf(const std::string& endpoint);

  const std::string instance_;
  const TlsIdentity identity_;
  const Owners& owners_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Stub>> stubs_;  // by endpoint; guarded by mutex_
};

}  // namespace holdfast
