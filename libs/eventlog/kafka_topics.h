// Which topics a deployment has on Kafka, what each must be like, and who may do what with it. Pure
// tables: no I/O.
//
//   PREFIX.journal.SERVICE   records of a service's journal; kept for ever
//   PREFIX.keys              wrapped data keys; compacted
//   PREFIX.ownership         who serves which partition; compacted
//   PREFIX.deployment        one partition: what the deployment is (kafka_deployment.h), then the
//                            days of a manual clock
//   PREFIX.public.CODE       an authority's events, for its data team; 90 days. CODE in lower case
//   PREFIX.pseudonymous.GROUP  the events of all, for a subscriber group; 90 days
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libs/base/status.h"

namespace holdfast {

using TopicConfig = std::map<std::string, std::string>;  // Kafka's names and values

struct PlannedTopic {
  std::string name;
  uint32_t partitions = 1;
  uint32_t replication = 1;
  TopicConfig config;

  bool operator==(const PlannedTopic&) const = default;
};

struct TopicPlanOptions {
  std::string prefix = "holdfast";
  uint32_t partitions = 16;
  uint32_t replication = 3;
  uint32_t min_in_sync = 2;
  std::vector<std::string> authorities;  // codes, as in their keys
  std::vector<std::string> groups = {};  // of subscribers
};

// In a fixed order. TOPIC_NAME_TAKEN when two authorities' codes differ in case alone;
// INVALID_REPLICATION when fewer copies are kept than must be in sync.
Result<std::vector<PlannedTopic>> PlanTopics(const TopicPlanOptions& options);

// A topic as the cluster has it. `config` holds at least what was planned.
struct FoundTopic {
  uint32_t partitions = 0;
  uint32_t replication = 0;  // of the partition that has the fewest copies
  TopicConfig config;
};

struct TopicDifference {
  std::string what;  // "partitions", "replication" or a name of TopicConfig
  std::string wanted;
  std::string found;

  bool operator==(const TopicDifference&) const = default;
};

// What differs from the plan, copies first. None: the topic is as it should be.
std::vector<TopicDifference> DifferencesOf(const PlannedTopic& planned, const FoundTopic& found);

// Whether records can be lost or refused because of it, so that nothing is served on such a topic.
// Copies, and how many must be in sync, are the operator's to choose: see WarningsOf.
bool KeepsFromServing(const TopicDifference& difference);

// Fewer than 3 copies, or fewer than 2 in sync before a record is acknowledged: one broker's end
// can lose what was acknowledged. Blank: neither.
std::string WarningOf(const FoundTopic& found);

// What one principal may do: operations of Kafka on topics.
struct AccessRule {
  std::string identity;  // in KEYS/id; its certificate's common name
  std::vector<std::string> operations;
  std::vector<std::string> topics;
  bool prefixed = false;            // `topics` are beginnings of names
  std::vector<std::string> groups;  // consumer groups, for the same operations

  bool operator==(const AccessRule&) const = default;
};

// The consumer group of all instances: PREFIX.instances.
std::string InstancesGroup(const std::string& topic_prefix);

// The group by which instances share the relay's work: PREFIX.relay.
std::string RelayGroup(const std::string& topic_prefix);

// The topic of an authority's events, and that of a subscriber group's.
std::string PublicTopic(const std::string& topic_prefix, const std::string& authority);
std::string PseudonymousTopic(const std::string& topic_prefix, const std::string& group);

// The least that each service's certificate needs, and `service`, for an instance that runs
// several; then those of the readers of published topics: an authority's data team its own, a group
// its own, each under consumer groups that begin with the topic's name.
std::vector<AccessRule> PlanAccess(const std::string& topic_prefix,
                                   const std::vector<std::string>& authorities = {},
                                   const std::vector<std::string>& groups = {});

// As Kafka knows the holder of a certificate that KEYS/ca.pem signed.
std::string PrincipalOf(const std::string& identity);

// The rule as a line for a shell, with Kafka's own tool. OPERATOR.properties stands for a file that
// makes the tool a principal who may alter the cluster.
std::string AclCommand(const AccessRule& rule, const std::string& brokers);

// The services that have journals, in a fixed order.
const std::vector<std::string>& JournalServices();

}  // namespace holdfast
