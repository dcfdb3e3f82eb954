#include "services/relay/domain/cloud_event.h"

#include <array>
#include <cstdio>

#include "libs/base/civil_date.h"

namespace holdfast::relay {
namespace {

std::string TimeText(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02d.%06dZ",
                CivilDate(static_cast<int32_t>(day.time_since_epoch().count())).Iso().c_str(),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text.data();
}

}  // namespace

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
