#include "libs/eventlog/kafka_topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace holdfast {
namespace {

std::vector<PlannedTopic> Plan(const TopicPlanOptions& options) {
  return PlanTopics(options).value();
}

PlannedTopic Named(const std::string& name) {
  const auto topics = Plan({.authorities = {"E06000901"}});
  const auto found = std::ranges::find(topics, name, &PlannedTopic::name);
  return found == topics.end() ? PlannedTopic{} : *found;
}

FoundTopic AsPlanned(const PlannedTopic& planned) {
  return {planned.partitions, planned.replication, planned.config};
}

std::string Text(const std::vector<TopicDifference>& differences) {
  std::string text;
  for (const auto& one : differences) {
    text += one.what + " " + one.wanted + " but " + one.found + "; ";
  }
  return text;
}

TEST(PlanTopics, NamesAllTopicsInAFixedOrder) {
  std::string names;
  for (const auto& topic : Plan({.prefix = "p", .authorities = {"S12000901", "E06000901"}})) {
    names += topic.name + " ";
  }
  EXPECT_EQ(names,
            "p.journal.cases p.journal.proceedings p.journal.contact p.journal.alerting "
            "p.journal.national p.journal.audit p.keys p.ownership p.deployment "
            "p.public.e06000901 p.public.s12000901 ");
}

TEST(PlanTopics, KeepsJournalsForEver) {
  EXPECT_EQ(Named("holdfast.journal.audit"),
            (PlannedTopic{"holdfast.journal.audit",
                          16,
                          3,
                          {{"cleanup.policy", "delete"},
                           {"retention.ms", "-1"},
                           {"retention.bytes", "-1"},
                           {"max.message.bytes", "1048576"},
                           {"unclean.leader.election.enable", "false"},
                           {"min.insync.replicas", "2"}}}));
}

TEST(PlanTopics, CompactsKeysAndOwnershipAlone) {
  for (const auto& topic : Plan({.authorities = {"E06000901"}})) {
    const bool compacted = topic.name == "holdfast.keys" || topic.name == "holdfast.ownership";
    EXPECT_EQ(topic.config.at("cleanup.policy"), compacted ? "compact" : "delete") << topic.name;
  }
}

TEST(PlanTopics, KeepsPublicTopicsForNinetyDays) {
  EXPECT_EQ(Named("holdfast.public.e06000901").config.at("retention.ms"), "7776000000");
}

TEST(PlanTopics, GivesEachSubscriberGroupATopic) {
  const auto topics = Plan({.groups = {"university-a"}});
  const auto topic =
      std::ranges::find(topics, "holdfast.pseudonymous.university-a", &PlannedTopic::name);
  ASSERT_NE(topic, topics.end());
  EXPECT_EQ(topic->partitions, 16u);
  EXPECT_EQ(topic->config.at("retention.ms"), "7776000000");
}

TEST(PlanTopics, HasOnePartitionForTheDeployment) {
  EXPECT_EQ(Named("holdfast.deployment").partitions, 1u);
}

TEST(PlanTopics, RefusesCodesThatWouldShareATopic) {
  EXPECT_EQ(PlanTopics({.authorities = {"abc", "ABC"}}).error().reason, "TOPIC_NAME_TAKEN");
}

TEST(PlanTopics, RefusesMoreInSyncThanThereAreCopies) {
  EXPECT_EQ(PlanTopics({.replication = 1, .min_in_sync = 2}).error().reason, "INVALID_REPLICATION");
  EXPECT_EQ(PlanTopics({.min_in_sync = 0}).error().reason, "INVALID_REPLICATION");
}

TEST(DifferencesOf, ATopicAsPlannedAreNone) {
  for (const auto& topic : Plan({.authorities = {"E06000901"}})) {
    EXPECT_EQ(Text(DifferencesOf(topic, AsPlanned(topic))), "") << topic.name;
  }
}

// What a topic may differ in, what is said of it, and whether anything is served on it.
TEST(DifferencesOf, ATopicAreToldOneByOne) {
  struct Row {
    std::string what;
    std::string found;
    std::string said;
    bool keeps_from_serving;
  };
  const std::vector<Row> rows{
      {"replication", "1", "replication 3 but 1; ", false},
      {"partitions", "8", "partitions 16 but 8; ", true},
      {"cleanup.policy", "compact", "cleanup.policy delete but compact; ", true},
      {"max.message.bytes", "1000000", "max.message.bytes 1048576 but 1000000; ", true},
      {"min.insync.replicas", "1", "min.insync.replicas 2 but 1; ", false},
      {"retention.bytes", "1", "retention.bytes -1 but 1; ", true},
      {"retention.ms", "604800000", "retention.ms -1 but 604800000; ", true},
      {"unclean.leader.election.enable", "true", "unclean.leader.election.enable false but true; ",
       true}};
  const PlannedTopic planned = Named("holdfast.journal.cases");
  for (const Row& row : rows) {
    FoundTopic found = AsPlanned(planned);
    if (row.what == "replication") found.replication = 1;
    if (row.what == "partitions") found.partitions = 8;
    if (planned.config.contains(row.what)) found.config[row.what] = row.found;
    const auto differences = DifferencesOf(planned, found);
    ASSERT_EQ(Text(differences), row.said);
    EXPECT_EQ(KeepsFromServing(differences[0]), row.keeps_from_serving) << row.what;
  }
  EXPECT_EQ(rows.size(), 2 + planned.config.size());
}

TEST(DifferencesOf, WhatTheClusterDoesNotSayIsADifference) {
  const PlannedTopic planned = Named("holdfast.keys");
  FoundTopic found = AsPlanned(planned);
  found.config.erase("cleanup.policy");
  EXPECT_EQ(Text(DifferencesOf(planned, found)), "cleanup.policy compact but ; ");
}

TEST(WarningOf, SaysWhatOneBrokersEndCanLose) {
  const auto warning = [](uint32_t replication, const char* in_sync) {
    return WarningOf({16, replication, {{"min.insync.replicas", in_sync}}});
  };
  EXPECT_EQ(warning(3, "2"), "");
  EXPECT_EQ(warning(5, "3"), "");
  EXPECT_EQ(warning(1, "1"), "has 1 copy of each record, of 3 that are safe");
  EXPECT_EQ(warning(2, "2"), "has 2 copies of each record, of 3 that are safe");
  EXPECT_EQ(warning(3, "1"), "acknowledges what a single broker has");
  EXPECT_EQ(WarningOf({16, 3, {}}), "acknowledges what a single broker has");
}

TEST(PlanAccess, LetsAServiceWriteItsOwnJournalAlone) {
  for (const AccessRule& rule : PlanAccess("p")) {
    if (rule.operations != std::vector<std::string>{"Write"} || rule.identity == "service")
      continue;
    const std::string own = "p.journal." + rule.identity.substr(std::string("service-").size());
    for (const std::string& topic : rule.topics) {
      const bool shared = topic == "p.ownership" || topic == "p.keys" ||
                          (topic == "p.deployment" && rule.identity == "service-alerting") ||
                          (rule.prefixed && rule.identity == "service-relay" &&
                           (topic == "p.public." || topic == "p.pseudonymous."));
      EXPECT_TRUE(topic == own || shared) << rule.identity << " writes " << topic;
    }
  }
}

TEST(PlanAccess, LetsReadersReadTheirOwnTopicAlone) {
  std::vector<AccessRule> of_readers;
  for (const AccessRule& rule : PlanAccess("p", {"E06000901"}, {"uni"})) {
    if (!rule.identity.starts_with("service")) of_readers.push_back(rule);
  }
  EXPECT_EQ(of_readers,
            (std::vector<AccessRule>{
                {"data@E06000901", {"Read"}, {"p.public.e06000901"}},
                {"data@E06000901", {"Read"}, {}, true, {"p.public.e06000901"}},
                {"subscriber@uni", {"Read"}, {"p.pseudonymous.uni"}},
                {"subscriber@uni", {"Read"}, {}, true, {"p.pseudonymous.uni"}}}));
}

TEST(PlanAccess, LetsAServiceReadItselfAndItsSources) {
  const auto rules = PlanAccess("p");
  const auto contact = std::ranges::find(rules, "service-contact", &AccessRule::identity);
  EXPECT_EQ(
      *contact,
      (AccessRule{"service-contact",
                  {"Read"},
                  {"p.deployment", "p.journal.cases", "p.journal.contact", "p.keys", "p.ownership"},
                  false,
                  {"p.instances"}}));
}

// Each compares all topics with what they must be before it serves.
TEST(PlanAccess, LetsEachServiceSeeWhatTopicsThereAre) {
  std::set<std::string> services;
  std::set<std::string> see;
  for (const AccessRule& rule : PlanAccess("p")) {
    services.insert(rule.identity);
    if (rule.operations == std::vector<std::string>{"Describe", "DescribeConfigs"} &&
        rule.topics == std::vector<std::string>{"p."} && rule.prefixed)
      see.insert(rule.identity);
  }
  EXPECT_EQ(see, services);
}

TEST(PlanAccess, IsALineForAShell) {
  EXPECT_EQ(AclCommand({"service-audit", {"Read"}, {"p.a", "p.b"}}, "h:1"),
            "kafka-acls.sh --bootstrap-server h:1 --command-config OPERATOR.properties --add "
            "--allow-principal 'User:CN=service-audit,O=Holdfast' --operation Read --topic p.a "
            "--topic p.b");
  EXPECT_EQ(AclCommand({"service-audit", {"Read"}, {"p.a"}, false, {"p.g"}}, "h:1"),
            "kafka-acls.sh --bootstrap-server h:1 --command-config OPERATOR.properties --add "
            "--allow-principal 'User:CN=service-audit,O=Holdfast' --operation Read --topic p.a "
            "--group p.g");
  EXPECT_EQ(AclCommand({"service", {"DescribeConfigs"}, {"p."}, true}, "h:1"),
            "kafka-acls.sh --bootstrap-server h:1 --command-config OPERATOR.properties --add "
            "--allow-principal 'User:CN=service,O=Holdfast' --operation DescribeConfigs --topic p. "
            "--resource-pattern-type prefixed");
}

}  // namespace
}  // namespace holdfast
