#include "libs/eventlog/kafka_setup.h"

#include "libs/eventlog/kafka_admin.h"

namespace holdfast {
namespace {

std::string DeploymentTopic(const KafkaSettings& settings) {
  return settings.topic_prefix + ".deployment";
}

struct Cluster {
  uint32_t brokers = 0;
  std::map<std::string, FoundTopic> topics;
  std::optional<journal::v1::Deployment> deployment;
};

Result<Cluster> LookAt(const KafkaSettings& settings, KafkaAdmin& admin, KafkaEvents& events) {
  const auto described = admin.Describe();
  if (!described) return tl::unexpected(described.error());
  Cluster cluster{.brokers = described->brokers, .topics = {}, .deployment = {}};
  std::vector<std::string> names;
  for (const auto& [name, topic] : described->topics) {
    if (!name.starts_with(settings.topic_prefix + ".")) continue;
    cluster.topics[name] = topic;
    names.push_back(name);
  }
  auto configs = admin.Configs(names);
  if (!configs) return tl::unexpected(configs.error());
  for (auto& [name, config] : *configs) cluster.topics[name].config = std::move(config);
  if (!cluster.topics.contains(DeploymentTopic(settings))) return cluster;
  auto deployment = ReadDeployment(settings, events);
  if (!deployment) return tl::unexpected(deployment.error());
  cluster.deployment = std::move(*deployment);
  return cluster;
}

// What was not stated is as it was recorded.
void TakeRecorded(const journal::v1::Deployment& recorded, WantedSetup& wanted) {
  if (!wanted.partitions_stated) {
    wanted.topics.partitions = recorded.partition_count();
    wanted.deployment.set_partition_count(recorded.partition_count());
  }
  if (!wanted.clock_stated) wanted.deployment.set_clock(recorded.clock());
}

std::vector<AppliedTopic> Compare(const std::vector<PlannedTopic>& plan, const Cluster& cluster) {
  std::vector<AppliedTopic> topics;
  for (const PlannedTopic& planned : plan) {
    const auto found = cluster.topics.find(planned.name);
    const bool missing = found == cluster.topics.end();
    topics.push_back(
        {planned, missing,
         missing ? std::vector<TopicDifference>{} : DifferencesOf(planned, found->second)});
  }
  return topics;
}

Result<void> Make(const KafkaSettings& settings, const WantedSetup& wanted, KafkaAdmin& admin,
                  const std::vector<AppliedTopic>& topics, KafkaEvents& events) {
  std::vector<PlannedTopic> missing;
  for (const AppliedTopic& topic : topics) {
    if (topic.created) missing.push_back(topic.planned);
  }
  if (auto created = admin.Create(missing); !created) return created;
  const auto recorded = RecordDeployment(settings, wanted.deployment, events);
  if (!recorded) return tl::unexpected(recorded.error());
  const auto differs = DifferencesOf(wanted.deployment, *recorded);
  if (differs.empty()) return {};
  return Fail(StatusCode::kFailedPrecondition, "DEPLOYMENT_DIFFERS",
              "another call has recorded this deployment with " + differs[0].what + " " +
                  differs[0].found + "; run it again");
}

}  // namespace

Result<std::vector<AppliedTopic>> ApplySetup(const KafkaSettings& settings, WantedSetup wanted,
                                             KafkaEvents& events) {
  const auto admin = KafkaAdmin::Open(settings, events);
  if (!admin) return tl::unexpected(admin.error());
  const auto cluster = LookAt(settings, **admin, events);
  if (!cluster) return tl::unexpected(cluster.error());
  if (cluster->deployment) TakeRecorded(*cluster->deployment, wanted);
  const auto plan = PlanTopics(wanted.topics);
  if (!plan) return tl::unexpected(plan.error());
  if (cluster->brokers < wanted.topics.replication) {
    return Fail(StatusCode::kFailedPrecondition, "TOO_FEW_BROKERS",
                "Kafka at " + settings.brokers + " has " + std::to_string(cluster->brokers) +
                    (cluster->brokers == 1 ? " broker" : " brokers") + ", too few for " +
                    std::to_string(wanted.topics.replication) +
                    " copies of each record; for a trial: --replication 1 --min-in-sync 1");
  }
  auto topics = Compare(*plan, *cluster);
  if (cluster->deployment) {
    const auto differs = DifferencesOf(wanted.deployment, *cluster->deployment);
    for (AppliedTopic& topic : topics) {
      if (!differs.empty()) topic.created = false;
      if (topic.planned.name == DeploymentTopic(settings))
        topic.differs.insert(topic.differs.end(), differs.begin(), differs.end());
    }
    if (!differs.empty()) return topics;
  }
  if (wanted.dry_run) return topics;
  if (auto made = Make(settings, wanted, **admin, topics, events); !made) {
    return tl::unexpected(made.error());
  }
  return topics;
}

Result<SetupHealth> CheckSetup(const KafkaSettings& settings,
                               const std::vector<std::string>& authorities,
                               const std::vector<std::string>& groups, KafkaEvents& events) {
  const auto admin = KafkaAdmin::Open(settings, events);
  if (!admin) return tl::unexpected(admin.error());
  const auto cluster = LookAt(settings, **admin, events);
  if (!cluster) return tl::unexpected(cluster.error());
  SetupHealth health{.faults = {}, .warnings = {}, .brokers = cluster->brokers, .topics = 0};
  if (!cluster->deployment) {
    health.faults.push_back("there is no deployment with topics " + settings.topic_prefix +
                            ".*; make it with: holdfast topics apply");
    return health;
  }
  const auto plan = PlanTopics({.prefix = settings.topic_prefix,
                                .partitions = cluster->deployment->partition_count(),
                                .authorities = authorities,
                                .groups = groups});
  if (!plan) return tl::unexpected(plan.error());
  for (const AppliedTopic& topic : Compare(*plan, *cluster)) {
    if (topic.created) {
      health.faults.push_back("topic " + topic.planned.name +
                              " is missing; make it with: holdfast topics apply");
      continue;
    }
    ++health.topics;
    for (const TopicDifference& one : topic.differs) {
      if (!KeepsFromServing(one)) continue;
      health.faults.push_back("topic " + topic.planned.name + " has " + one.what + " " + one.found +
                              ", must be " + one.wanted);
    }
    const auto warning = WarningOf(cluster->topics.at(topic.planned.name));
    if (!warning.empty()) health.warnings.push_back("topic " + topic.planned.name + " " + warning);
  }
  return health;
}

}  // namespace holdfast
