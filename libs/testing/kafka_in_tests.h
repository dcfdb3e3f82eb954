// For tests with the label `kafka`: the cluster that their fixture started, and topics of their own
// on it.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "libs/base/check.h"
#include "libs/eventlog/kafka_admin.h"

namespace holdfast::testing {

// HOLDFAST_TEST_KAFKA is the folder that tools/kafka was started with.
inline std::string BrokersInTests() {
  const char* folder = std::getenv("HOLDFAST_TEST_KAFKA");
  HOLDFAST_CHECK(folder != nullptr);
  std::ifstream cluster(std::string(folder) + "/cluster");
  for (std::string line; std::getline(cluster, line);) {
    if (line.starts_with("port=")) return "127.0.0.1:" + line.substr(5);
  }
  HOLDFAST_CHECK(false);
}

// A topic prefix that nobody has used.
inline std::string NewTopicPrefix() {
  static std::atomic<int> count = 0;
  return "test-" + std::to_string(getpid()) + "-" +
         std::to_string(std::chrono::system_clock::now().time_since_epoch().count()) + "-" +
         std::to_string(++count);
}

// The journals of `services` under a new prefix.
inline KafkaSettings MakeJournalTopics(const std::vector<std::string>& services,
                                       uint32_t partitions) {
  KafkaSettings settings{.brokers = BrokersInTests(), .topic_prefix = NewTopicPrefix()};
  KafkaEvents events(nullptr);
  const auto admin = KafkaAdmin::Open(settings, events);
  HOLDFAST_CHECK(admin.has_value());
  std::vector<PlannedTopic> topics;
  const auto plan = PlanTopics({.prefix = settings.topic_prefix,
                                .partitions = partitions,
                                .replication = 1,
                                .min_in_sync = 1});
  for (const std::string& service : services) {
    topics.push_back(plan->front());
    topics.back().name = JournalTopic(settings.topic_prefix, service);
  }
  const auto created = (*admin)->Create(topics);
  if (!created) std::fprintf(stderr, "%s\n", created.error().message.c_str());
  HOLDFAST_CHECK(created.has_value());
  return settings;
}

}  // namespace holdfast::testing
