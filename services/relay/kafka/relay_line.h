// A line of publication: the topics of all authorities, or that of one subscriber group.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/eventlog/kafka_producer.h"
#include "services/relay/app/journal_walk.h"
#include "services/relay/app/pseudonyms.h"

namespace holdfast::relay {

struct RelayLine {
  std::string name;                         // public, or group/NAME
  std::string topic;                        // of a group
  std::shared_ptr<const Pseudonyms> group;  // null: of the authorities
};

RelayLine PublicLine();
std::string LineNameOf(const std::string& group);
RelayLine LineOfGroup(const std::string& topic_prefix, const std::string& group, SecretKey key);

struct RecordContext {
  std::string topic_prefix;
  uint32_t partition_count = 0;
  std::vector<std::string> public_topics;  // that there are: what concerns everybody goes to each
  Instant now{};
};

// The records of an event: one for each authority that it is of, or the group's. The event's
// message may be changed.
std::vector<KafkaOutgoing> RecordsOf(const RelayLine& line, const PublishedEvent& published,
                                     const RecordContext& context);

}  // namespace holdfast::relay
