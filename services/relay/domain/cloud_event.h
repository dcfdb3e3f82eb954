// An event of a journal as others get it: a CloudEvent 1.0 whose data is the service's own message,
// in Kafka's binary mode.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "services/relay/domain/journal_event.h"

namespace holdfast::relay {

struct CloudEvent {
  std::string id;             // SERVICE-PARTITION-EVENT
  std::string source;         // urn:holdfast:SERVICE
  std::string type;           // full name of the message in `data`
  std::string time;           // RFC 3339, UTC, to the microsecond
  std::string partition_key;  // the subject's id, lower-case hexadecimal
  std::string data;
  uint32_t partition = 0;  // on Kafka

  bool operator==(const CloudEvent&) const = default;
};

// The event as its own authority gets it: its bytes as they are.
CloudEvent CloudEventOf(const JournalEvent& event);

// As CloudEvents' Kafka binding 1.0.2 names them, with the content type first. The key of the
// record is `partition_key`.
using Headers = std::vector<std::pair<std::string, std::string>>;
Headers HeadersOf(const CloudEvent& event);

}  // namespace holdfast::relay
