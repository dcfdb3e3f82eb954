// What topics a cluster has, and making those that it lacks. Nothing that is there is ever altered.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/eventlog/kafka_handle.h"
#include "libs/eventlog/kafka_topics.h"

namespace holdfast {

// One thread's.
class KafkaAdmin {
 public:
  struct Cluster {
    uint32_t brokers = 0;
    std::map<std::string, FoundTopic> topics;  // by name, without config
  };

  // `events` outlives it.
  static Result<std::unique_ptr<KafkaAdmin>> Open(const KafkaSettings& settings,
                                                  KafkaEvents& events);

  // The brokers that are there now, and the topics that this principal may see. KAFKA_NOT_REACHED.
  Result<Cluster> Describe();

  // The settings in force of topics that are there.
  Result<std::map<std::string, TopicConfig>> Configs(const std::vector<std::string>& topics);

  // Makes the topics, and waits until they can be used. The first that could not be made fails;
  // those before it are there.
  Result<void> Create(const std::vector<PlannedTopic>& topics);

 private:
  explicit KafkaAdmin(KafkaEvents& events) : listener_(events) {}

  KafkaListener listener_;
  KafkaClient client_;
};

}  // namespace holdfast
