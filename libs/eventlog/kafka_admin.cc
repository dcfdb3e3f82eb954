#include "libs/eventlog/kafka_admin.h"

#include <algorithm>
#include <array>
#include <limits>
#include <thread>

#include "libs/base/check.h"

namespace holdfast {
namespace {

constexpr int kTimeout_ms = 30'000;

using AdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, KafkaFree<rd_kafka_AdminOptions_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, KafkaFree<rd_kafka_NewTopic_destroy>>;
using ConfigResource =
    std::unique_ptr<rd_kafka_ConfigResource_t, KafkaFree<rd_kafka_ConfigResource_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, KafkaFree<rd_kafka_event_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, KafkaFree<rd_kafka_metadata_destroy>>;

AdminOptions NewOptions(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> text{};
  HOLDFAST_CHECK(rd_kafka_AdminOptions_set_request_timeout(options.get(), kTimeout_ms, text.data(),
                                                           text.size()) ==
                 RD_KAFKA_RESP_ERR_NO_ERROR);
  if (operation == RD_KAFKA_ADMIN_OP_CREATETOPICS) {
    HOLDFAST_CHECK(rd_kafka_AdminOptions_set_operation_timeout(options.get(), kTimeout_ms,
                                                               text.data(), text.size()) ==
                   RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  return options;
}

Result<Event> AnswerOn(rd_kafka_queue_t* queue, const std::string& what) {
  Event event(rd_kafka_queue_poll(queue, kTimeout_ms));
  if (!event) {
    return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED", what + ": no broker answered");
  }
  if (const auto error = rd_kafka_event_error(event.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(KafkaStatus(error, what));
  }
  return event;
}

NewTopic NewTopicOf(const PlannedTopic& planned) {
  std::array<char, 256> text{};
  NewTopic topic(rd_kafka_NewTopic_new(planned.name.c_str(), static_cast<int>(planned.partitions),
                                       static_cast<int>(planned.replication), text.data(),
                                       text.size()));
  HOLDFAST_CHECK(topic != nullptr);
  for (const auto& [name, value] : planned.config) {
    HOLDFAST_CHECK(rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str()) ==
                   RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  return topic;
}

template <typename Owner>
auto PointersOf(const std::vector<Owner>& owners) {
  std::vector<typename Owner::pointer> pointers;
  for (const auto& owner : owners) pointers.push_back(owner.get());
  return pointers;
}

FoundTopic FoundOf(const rd_kafka_metadata_topic_t& topic) {
  FoundTopic found{.partitions = static_cast<uint32_t>(topic.partition_cnt),
                   .replication = std::numeric_limits<uint32_t>::max(),
                   .lagging = 0,
                   .config = {}};
  for (int i = 0; i < topic.partition_cnt; ++i) {
    const auto& partition = topic.partitions[i];
    found.replication = std::min(found.replication, static_cast<uint32_t>(partition.replica_cnt));
    if (partition.isr_cnt < partition.replica_cnt) ++found.lagging;
  }
  return found;
}

}  // namespace

Result<std::unique_ptr<KafkaAdmin>> KafkaAdmin::Open(const KafkaSettings& settings,
                                                     KafkaEvents& events) {
  std::unique_ptr<KafkaAdmin> admin(new KafkaAdmin(events));
  // A consumer: a producer's questions about topics can make them.
  auto client = OpenKafka(settings, RD_KAFKA_CONSUMER, {}, admin->listener_);
  if (!client) return tl::unexpected(client.error());
  admin->client_ = std::move(*client);
  return admin;
}

Result<KafkaAdmin::Cluster> KafkaAdmin::Describe() {
  const rd_kafka_metadata_t* asked = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), 1, nullptr, &asked, kTimeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(KafkaStatus(error, "Kafka's brokers"));
  }
  const Metadata metadata(asked);
  Cluster cluster{.brokers = static_cast<uint32_t>(metadata->broker_cnt), .topics = {}};
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const auto& topic = metadata->topics[i];
    if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR) cluster.topics[topic.topic] = FoundOf(topic);
  }
  return cluster;
}

Result<std::map<std::string, TopicConfig>> KafkaAdmin::Configs(
    const std::vector<std::string>& topics) {
  std::map<std::string, TopicConfig> configs;
  if (topics.empty()) return configs;
  std::vector<ConfigResource> resources;
  for (const std::string& topic : topics) {
    resources.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  }
  auto pointers = PointersOf(resources);
  const auto options = NewOptions(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  const KafkaQueue queue(rd_kafka_queue_new(client_.get()));
  rd_kafka_DescribeConfigs(client_.get(), pointers.data(), pointers.size(), options.get(),
                           queue.get());
  const auto event = AnswerOn(queue.get(), "the settings of Kafka's topics");
  if (!event) return tl::unexpected(event.error());
  size_t count = 0;
  const auto* answers = rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(event->get()), &count);
  for (size_t i = 0; i < count; ++i) {
    const std::string name = rd_kafka_ConfigResource_name(answers[i]);
    if (const auto error = rd_kafka_ConfigResource_error(answers[i]);
        error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return tl::unexpected(KafkaStatus(error, "the settings of topic " + name));
    }
    size_t entries = 0;
    const auto* settings = rd_kafka_ConfigResource_configs(answers[i], &entries);
    for (size_t j = 0; j < entries; ++j) {
      const char* value = rd_kafka_ConfigEntry_value(settings[j]);
      configs[name][rd_kafka_ConfigEntry_name(settings[j])] = value == nullptr ? "" : value;
    }
  }
  return configs;
}

Result<void> KafkaAdmin::Create(const std::vector<PlannedTopic>& topics) {
  if (topics.empty()) return {};
  std::vector<NewTopic> made;
  for (const PlannedTopic& topic : topics) made.push_back(NewTopicOf(topic));
  auto pointers = PointersOf(made);
  const auto options = NewOptions(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS);
  const KafkaQueue queue(rd_kafka_queue_new(client_.get()));
  rd_kafka_CreateTopics(client_.get(), pointers.data(), pointers.size(), options.get(),
                        queue.get());
  const auto event = AnswerOn(queue.get(), "making Kafka's topics");
  if (!event) return tl::unexpected(event.error());
  size_t count = 0;
  const auto* answers =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
  for (size_t i = 0; i < count; ++i) {
    const auto error = rd_kafka_topic_result_error(answers[i]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const char* why = rd_kafka_topic_result_error_string(answers[i]);
    Status status =
        KafkaStatus(error, std::string("topic ") + rd_kafka_topic_result_name(answers[i]));
    if (why != nullptr) status.message += " (" + std::string(why) + ")";
    return tl::unexpected(status);
  }
  // Brokers hear of new topics one after the other.
  for (const auto deadline =
           std::chrono::steady_clock::now() + std::chrono::milliseconds(kTimeout_ms);
       std::chrono::steady_clock::now() < deadline;
       std::this_thread::sleep_for(std::chrono::milliseconds(50))) {
    const auto cluster = Describe();
    if (!cluster) return tl::unexpected(cluster.error());
    if (std::ranges::all_of(topics, [&](const PlannedTopic& topic) {
          return cluster->topics.contains(topic.name);
        })) {
      return {};
    }
  }
  return Fail(StatusCode::kUnavailable, "KAFKA_NOT_REACHED",
              "the topics were made, but the brokers do not show them yet; run it again");
}

}  // namespace holdfast
