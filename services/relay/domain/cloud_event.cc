#include "services/relay/domain/cloud_event.h"

#include "libs/base/time_text.h"

namespace holdfast::relay {
CloudEvent CloudEventOf(const JournalEvent& event) {
  return {.id = std::string(event.service) + "-" + std::to_string(event.partition) + "-" +
                std::to_string(event.number),
          .source = "urn:holdfast:" + std::string(event.service),
          .type = TypeOf(event.service),
          .time = TimeText(event.recorded_at),
          .partition_key = event.subject.HexText(),
          .data = std::string(event.payload),
          .partition = event.partition};
}

Headers HeadersOf(const CloudEvent& event) {
  return {{"content-type", "application/protobuf"},
          {"ce_specversion", "1.0"},
          {"ce_id", event.id},
          {"ce_source", event.source},
          {"ce_type", event.type},
          {"ce_time", event.time},
          {"ce_partitionkey", event.partition_key}};
}

}  // namespace holdfast::relay
