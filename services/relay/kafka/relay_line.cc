#include "services/relay/kafka/relay_line.h"

#include "libs/eventlog/kafka_topics.h"
#include "services/relay/app/pseudonymise.h"

namespace holdfast::relay {
namespace {

KafkaOutgoing RecordOf(const CloudEvent& event, std::string topic) {
  return {.topic = std::move(topic),
          .partition = event.partition,
          .key = event.partition_key,
          .headers = HeadersOf(event),
          .value = event.data,
          .timestamp = std::nullopt};
}

}  // namespace

RelayLine PublicLine() { return {.name = "public", .topic = "", .group = nullptr}; }

std::string LineNameOf(const std::string& group) { return "group/" + group; }

RelayLine LineOfGroup(const std::string& topic_prefix, const std::string& group, SecretKey key) {
  return {.name = LineNameOf(group),
          .topic = PseudonymousTopic(topic_prefix, group),
          .group = std::make_shared<const Pseudonyms>(std::move(key))};
}

std::vector<KafkaOutgoing> RecordsOf(const RelayLine& line, const PublishedEvent& published,
                                     const RecordContext& context) {
  if (!published.everybody && published.authorities.empty()) return {};
  std::vector<KafkaOutgoing> records;
  if (line.group) {
    auto record = RecordOf(PseudonymousEventOf(published.event, published.message, *line.group,
                                               context.partition_count),
                           line.topic);
    // The time of a record would be common to all groups: its day is.
    record.timestamp = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::floor<std::chrono::days>(context.now).time_since_epoch());
    records.push_back(std::move(record));
    return records;
  }
  const CloudEvent event = CloudEventOf(published.event);
  if (published.everybody) {
    for (const auto& topic : context.public_topics) records.push_back(RecordOf(event, topic));
  }
  for (const auto& authority : published.authorities)
    records.push_back(RecordOf(event, PublicTopic(context.topic_prefix, authority)));
  return records;
}

}  // namespace holdfast::relay
