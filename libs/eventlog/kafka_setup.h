// Makes a deployment's topics and its record, and compares those that are there with the plan.
#pragma once

#include <vector>

#include "libs/eventlog/kafka_deployment.h"
#include "libs/eventlog/kafka_topics.h"

namespace holdfast {

struct WantedSetup {
  TopicPlanOptions topics;
  journal::v1::Deployment deployment;  // its partition count is that of `topics`
  // What nobody stated is as the deployment's record says, where there is one.
  bool partitions_stated = false;
  bool clock_stated = false;
  bool dry_run = false;
};

struct AppliedTopic {
  PlannedTopic planned;
  bool created = false;  // by this call; in a dry run: it would be
  std::vector<TopicDifference> differs;
};

// In the plan's order. What is there is left as it is; nothing is made while the deployment's
// record differs from what is wanted. TOO_FEW_BROKERS for the copies that are wanted,
// KAFKA_NOT_REACHED, KAFKA_NOT_ALLOWED, and failures of PlanTopics.
Result<std::vector<AppliedTopic>> ApplySetup(const KafkaSettings& settings, WantedSetup wanted,
                                             KafkaEvents& events);

// What keeps the deployment from being served, and what could lose records; for doctor.
struct SetupHealth {
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
  uint32_t brokers = 0;
  uint32_t topics = 0;
};
// `authorities` and `groups`: those whose topics ought to be there.
Result<SetupHealth> CheckSetup(const KafkaSettings& settings,
                               const std::vector<std::string>& authorities,
                               const std::vector<std::string>& groups, KafkaEvents& events);

}  // namespace holdfast
