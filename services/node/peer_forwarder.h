// Brings commands to the instances that own their partitions, over mutual TLS with the role
// service.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "holdfast/node/v1/instance_service.grpc.pb.h"
#include "libs/shard/command_forwarder.h"
#include "services/node/owners.h"
#include "services/node/peer_channels.h"

namespace holdfast {

node::v1::SubmitCommandRequest RequestOf(const LogPartition& partition, const Command& command);
// Nothing: an id in it is none.
std::optional<Command> CommandOf(const node::v1::SubmitCommandRequest& request);

node::v1::SubmitCommandResponse ResponseOf(const Result<Answer>& answer);
Result<Answer> AnswerOf(const node::v1::SubmitCommandResponse& response);

class PeerForwarder final : public CommandForwarder {
 public:
  // `owners` and `channels` outlive it; `instance` is this one.
  PeerForwarder(std::string instance, const Owners& owners, PeerChannels& channels)
      : instance_(std::move(instance)), owners_(owners), channels_(channels) {}

  void Forward(const LogPartition& partition, Command command, Reply reply) override;

 private:
  const std::string instance_;
  const Owners& owners_;
  PeerChannels& channels_;
};

}  // namespace holdfast
