#include "libs/eventlog/kafka_topics.h"

#include <set>

#include "libs/base/lower_case.h"

namespace holdfast {
namespace {

constexpr char kMessage_bytes[] = "1048576";
constexpr char kNinetyDays_ms[] = "7776000000";
constexpr char kUnlimited[] = "-1";
constexpr uint32_t kSafeCopies = 3;
constexpr unsigned long kSafeInSync = 2;

constexpr char kMessageLimit[] = "max.message.bytes";
constexpr char kUnclean[] = "unclean.leader.election.enable";
constexpr char kMinInSync[] = "min.insync.replicas";
constexpr char kCleanup[] = "cleanup.policy";
constexpr char kRetention_ms[] = "retention.ms";
constexpr char kRetention_bytes[] = "retention.bytes";

struct ServiceAccess {
  std::string service;
  std::vector<std::string> sources;  // journals that it reacts to, or makes its tables of
  bool makes_keys = false;
  bool sets_day = false;  // of a manual clock
};

const std::vector<ServiceAccess>& Services() {
  static const std::vector<ServiceAccess> services{
      {"cases", {"proceedings", "contact"}, true},
      {"proceedings", {"cases"}, true},
      {"contact", {"cases"}},
      {"alerting", {"cases", "proceedings", "contact"}, false, true},
      {"national", {"cases", "proceedings"}},
      {"audit", {}}};
  return services;
}

TopicConfig Kept(const TopicPlanOptions& options, const char* retention_ms) {
  return {{kCleanup, "delete"},
          {kRetention_ms, retention_ms},
          {kRetention_bytes, kUnlimited},
          {kMessageLimit, kMessage_bytes},
          {kUnclean, "false"},
          {kMinInSync, std::to_string(options.min_in_sync)}};
}

TopicConfig Compacted(const TopicPlanOptions& options) {
  return {{kCleanup, "compact"},
          {kMessageLimit, kMessage_bytes},
          {kUnclean, "false"},
          {kMinInSync, std::to_string(options.min_in_sync)}};
}

std::string Joined(const std::vector<std::string>& parts, const std::string& before) {
  std::string text;
  for (const std::string& part : parts) text += before + part;
  return text;
}

void AddRulesOf(const std::string& identity, const std::string& prefix,
                const std::vector<ServiceAccess>& services, std::vector<AccessRule>& rules) {
  std::set<std::string> reads{prefix + ".deployment", prefix + ".keys", prefix + ".ownership"};
  std::set<std::string> writes{prefix + ".ownership"};
  for (const ServiceAccess& access : services) {
    writes.insert(prefix + ".journal." + access.service);
    if (access.makes_keys) writes.insert(prefix + ".keys");
    if (access.sets_day) writes.insert(prefix + ".deployment");
    for (const std::string& source : access.sources) reads.insert(prefix + ".journal." + source);
  }
  reads.insert(writes.begin(), writes.end());  // each reads back what it writes
  rules.push_back(
      {identity, {"Read"}, {reads.begin(), reads.end()}, false, {InstancesGroup(prefix)}});
  rules.push_back({identity, {"Write"}, {writes.begin(), writes.end()}});
  rules.push_back({identity, {"Describe", "DescribeConfigs"}, {prefix + "."}, true});
}

// What is published, and sharing it out.
void AddPublishing(const std::string& identity, const std::string& prefix,
                   std::vector<AccessRule>& rules) {
  rules.push_back({identity, {"Write"}, {prefix + ".public.", prefix + ".pseudonymous."}, true});
  rules.push_back({identity, {"Read"}, {}, false, {RelayGroup(prefix)}});
}

// The relay has no journal of its own; its places stand in the table of owners.
void AddRelay(const std::string& prefix, std::vector<AccessRule>& rules) {
  const std::string identity = "service-relay";
  std::vector<std::string> reads{prefix + ".deployment", prefix + ".keys", prefix + ".ownership"};
  for (const char* service : {"cases", "proceedings", "contact", "alerting"})
    reads.push_back(prefix + ".journal." + service);
  rules.push_back({identity, {"Read"}, std::move(reads), false, {InstancesGroup(prefix)}});
  rules.push_back({identity, {"Write"}, {prefix + ".ownership"}});
  rules.push_back({identity, {"Describe", "DescribeConfigs"}, {prefix + "."}, true});
  AddPublishing(identity, prefix, rules);
}

}  // namespace

const std::vector<std::string>& JournalServices() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& access : Services()) all.push_back(access.service);
    return all;
  }();
  return names;
}

Result<std::vector<PlannedTopic>> PlanTopics(const TopicPlanOptions& options) {
  if (options.replication < options.min_in_sync || options.min_in_sync < 1) {
    return Fail(
        StatusCode::kInvalidArgument, "INVALID_REPLICATION",
        "--min-in-sync takes 1 to the number of copies, " + std::to_string(options.replication));
  }
  std::vector<PlannedTopic> topics;
  const auto add = [&](const std::string& name, uint32_t partitions, TopicConfig config) {
    topics.push_back(
        {options.prefix + "." + name, partitions, options.replication, std::move(config)});
  };
  for (const std::string& service : JournalServices()) {
    add("journal." + service, options.partitions, Kept(options, kUnlimited));
  }
  add("keys", options.partitions, Compacted(options));
  add("ownership", options.partitions, Compacted(options));
  add("deployment", 1, Kept(options, kUnlimited));
  std::map<std::string, std::string> authorities;  // by name of topic
  for (const std::string& code : options.authorities) {
    const auto [other, is_new] = authorities.emplace(LowerCase(code), code);
    if (!is_new && other->second != code) {
      return Fail(StatusCode::kFailedPrecondition, "TOPIC_NAME_TAKEN",
                  "authorities " + other->second + " and " + code +
                      " differ in case alone, and would share a topic");
    }
  }
  for (const auto& [name, code] : authorities) {
    add("public." + name, options.partitions, Kept(options, kNinetyDays_ms));
  }
  for (const std::string& group : options.groups) {
    add("pseudonymous." + group, options.partitions, Kept(options, kNinetyDays_ms));
  }
  return topics;
}

std::vector<TopicDifference> DifferencesOf(const PlannedTopic& planned, const FoundTopic& found) {
  std::vector<TopicDifference> differences;
  const auto compare = [&](const std::string& what, const std::string& wanted,
                           const std::string& is) {
    if (wanted != is) differences.push_back({what, wanted, is});
  };
  compare("replication", std::to_string(planned.replication), std::to_string(found.replication));
  compare("partitions", std::to_string(planned.partitions), std::to_string(found.partitions));
  for (const auto& [name, value] : planned.config) {
    const auto is = found.config.find(name);
    compare(name, value, is == found.config.end() ? "" : is->second);
  }
  return differences;
}

bool KeepsFromServing(const TopicDifference& difference) {
  return difference.what != "replication" && difference.what != kMinInSync;
}

std::string WarningOf(const FoundTopic& found) {
  if (found.replication < kSafeCopies) {
    return "has " + std::to_string(found.replication) +
           (found.replication == 1 ? " copy" : " copies") + " of each record, of 3 that are safe";
  }
  const auto in_sync = found.config.find(kMinInSync);
  if (in_sync == found.config.end() || std::stoul("0" + in_sync->second) < kSafeInSync) {
    return "acknowledges what a single broker has";
  }
  if (found.lagging > 0) {
    return "has " + std::to_string(found.lagging) + " of " + std::to_string(found.partitions) +
           " partitions with copies that are not in sync: a broker is down, or too slow";
  }
  return "";
}

std::vector<AccessRule> PlanAccess(const std::string& topic_prefix,
                                   const std::vector<std::string>& authorities,
                                   const std::vector<std::string>& groups) {
  std::vector<AccessRule> rules;
  AddRulesOf("service", topic_prefix, Services(), rules);
  AddPublishing("service", topic_prefix, rules);
  for (const ServiceAccess& access : Services()) {
    AddRulesOf("service-" + access.service, topic_prefix, {access}, rules);
  }
  AddRelay(topic_prefix, rules);
  const auto add_reader = [&](const std::string& identity, const std::string& topic) {
    rules.push_back({identity, {"Read"}, {topic}});
    rules.push_back({identity, {"Read"}, {}, true, {topic}});
  };
  for (const std::string& code : authorities)
    add_reader("data@" + code, PublicTopic(topic_prefix, code));
  for (const std::string& group : groups)
    add_reader("subscriber@" + group, PseudonymousTopic(topic_prefix, group));
  return rules;
}

std::string RelayGroup(const std::string& topic_prefix) { return topic_prefix + ".relay"; }

std::string PublicTopic(const std::string& topic_prefix, const std::string& authority) {
  return topic_prefix + ".public." + LowerCase(authority);
}

std::string PseudonymousTopic(const std::string& topic_prefix, const std::string& group) {
  return topic_prefix + ".pseudonymous." + group;
}

std::string InstancesGroup(const std::string& topic_prefix) { return topic_prefix + ".instances"; }

std::string PrincipalOf(const std::string& identity) {
  return "User:CN=" + identity + ",O=Holdfast";
}

std::string AclCommand(const AccessRule& rule, const std::string& brokers) {
  return "kafka-acls.sh --bootstrap-server " + brokers +
         " --command-config OPERATOR.properties --add --allow-principal '" +
         PrincipalOf(rule.identity) + "'" + Joined(rule.operations, " --operation ") +
         Joined(rule.topics, " --topic ") + Joined(rule.groups, " --group ") +
         (rule.prefixed ? " --resource-pattern-type prefixed" : "");
}

}  // namespace holdfast
