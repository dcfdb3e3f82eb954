#include "libs/eventlog/kafka_group.h"

#include "libs/eventlog/kafka_topics.h"

namespace holdfast {
namespace {

constexpr int kPoll_ms = 100;
constexpr int kAsk_ms = 10'000;

using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                      KafkaFree<rd_kafka_topic_partition_list_destroy>>;

Result<std::set<std::string>> AskForMembers(rd_kafka_t* client, const std::string& group) {
  const rd_kafka_group_list* groups = nullptr;
  const auto error = rd_kafka_list_groups(client, group.c_str(), &groups, kAsk_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return tl::unexpected(KafkaStatus(error, "the group of instances"));
  const std::unique_ptr<const rd_kafka_group_list, KafkaFree<rd_kafka_group_list_destroy>> listed(
      groups);
  std::set<std::string> members;
  for (int i = 0; i < listed->group_cnt; ++i) {
    for (int j = 0; j < listed->groups[i].member_cnt; ++j)
      members.insert(listed->groups[i].members[j].client_id);
  }
  return members;
}

}  // namespace

class KafkaGroup::Member final : public KafkaListener {
 public:
  Member(KafkaEvents& events, std::string prefix, Assigned assigned)
      : KafkaListener(events), prefix_(std::move(prefix)), assigned_(std::move(assigned)) {}

  void OnRebalance(rd_kafka_t& client, rd_kafka_resp_err_t what,
                   rd_kafka_topic_partition_list_t& partitions) override {
    const bool adds = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    for (int i = 0; i < partitions.cnt; ++i) {
      auto& partition = partitions.elems[i];
      partition.offset = RD_KAFKA_OFFSET_END;  // nothing is read, nor where it was left asked for
      const std::string topic = partition.topic;
      if (!topic.starts_with(prefix_)) continue;
      const LogPartition journal{topic.substr(prefix_.size()),
                                 static_cast<uint32_t>(partition.partition)};
      if (adds) {
        all_.insert(journal);
      } else {
        all_.erase(journal);
      }
    }
    rd_kafka_error_t* error = adds ? rd_kafka_incremental_assign(&client, &partitions)
                                   : rd_kafka_incremental_unassign(&client, &partitions);
    if (error != nullptr) {
      events().OnError(rd_kafka_error_code(error), rd_kafka_error_string(error));
      rd_kafka_error_destroy(error);
    }
    if (adds) rd_kafka_pause_partitions(&client, &partitions);
    assigned_(all_);
  }

 private:
  const std::string prefix_;
  const Assigned assigned_;
  std::set<LogPartition> all_;
};

KafkaGroup::KafkaGroup(Options options, KafkaEvents& events, Assigned assigned)
    : options_(std::move(options)),
      member_(std::make_unique<Member>(events, JournalTopic(options_.settings.topic_prefix, ""),
                                       std::move(assigned))) {}

Result<std::unique_ptr<KafkaGroup>> KafkaGroup::Join(Options options, KafkaEvents& events,
                                                     Assigned assigned) {
  std::unique_ptr<KafkaGroup> group(
      new KafkaGroup(std::move(options), events, std::move(assigned)));
  const auto& settings = group->options_.settings;
  const auto session_ms = group->options_.session.count();
  auto client =
      OpenKafka(settings, RD_KAFKA_CONSUMER,
                {{"group.id", group->GroupId()},
                 {"client.id", group->options_.instance},
                 {"partition.assignment.strategy", "cooperative-sticky"},
                 {"session.timeout.ms", std::to_string(session_ms)},
                 {"heartbeat.interval.ms", std::to_string(std::min<int64_t>(session_ms / 4, 500))},
                 {"max.poll.interval.ms", std::to_string(std::max<int64_t>(session_ms, 10'000))}},
                *group->member_);
  if (!client) return tl::unexpected(client.error());
  group->client_ = std::move(*client);
  rd_kafka_poll_set_consumer(group->client_.get());
  const PartitionList topics(
      rd_kafka_topic_partition_list_new(static_cast<int>(group->options_.services.size())));
  for (const auto& service : group->options_.services) {
    rd_kafka_topic_partition_list_add(
        topics.get(), JournalTopic(settings.topic_prefix, service).c_str(), RD_KAFKA_PARTITION_UA);
  }
  if (group->options_.services.empty()) {
    rd_kafka_topic_partition_list_add(topics.get(), (settings.topic_prefix + ".deployment").c_str(),
                                      RD_KAFKA_PARTITION_UA);
  }
  if (const auto error = rd_kafka_subscribe(group->client_.get(), topics.get());
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(KafkaStatus(error, "the group of instances"));
  }
  group->thread_ = std::thread([raw = group.get()] { raw->RunUntilStopped(); });
  return group;
}

KafkaGroup::~KafkaGroup() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (client_) rd_kafka_consumer_close(client_.get());
}

std::string KafkaGroup::GroupId() const {
  return options_.group.empty() ? InstancesGroup(options_.settings.topic_prefix) : options_.group;
}

void KafkaGroup::RunUntilStopped() {
  while (!stopping_) {
    // Nothing is read: what comes are errors, which the member counts.
    const KafkaMessage message(rd_kafka_consumer_poll(client_.get(), kPoll_ms));
  }
}

Result<std::set<std::string>> KafkaGroup::Members() const {
  return AskForMembers(client_.get(), GroupId());
}

Result<std::set<std::string>> KafkaGroup::MembersOf(const KafkaSettings& settings,
                                                    KafkaEvents& events) {
  KafkaListener listener(events);
  const auto client = OpenKafka(settings, RD_KAFKA_PRODUCER, {}, listener);
  if (!client) return tl::unexpected(client.error());
  return AskForMembers(client->get(), InstancesGroup(settings.topic_prefix));
}

}  // namespace holdfast
