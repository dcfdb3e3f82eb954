// What the relay publishes of journals.
#pragma once

#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/ids.h"

namespace holdfast::relay {

// The services whose events are published. Who read what is the auditor's alone, and figures are no
// events.
inline constexpr std::array<std::string_view, 4> kPublished = {"cases", "proceedings", "contact",
                                                               "alerting"};

// A valid event where it stands.
struct JournalEvent {
  std::string_view service;  // one of kPublished
  uint32_t partition = 0;
  uint64_t number = 0;  // in its journal, from 1
  Instant recorded_at{};
  SubjectId subject;
  std::string_view payload;  // the service's own event message
};

// The message that a service's events are, empty. Of kPublished only.
std::unique_ptr<google::protobuf::Message> NewMessageOf(std::string_view service);

// Its full name, such as holdfast.cases.v1.CasesEvent.
const std::string& TypeOf(std::string_view service);

// What happened, such as a holdfast.cases.v1.ChildRegistered; null for one that this version does
// not know.
const google::protobuf::Message* HappenedIn(const google::protobuf::Message& event);

// Whether an event can be of this type: a full name as TypeOf or HappenedIn have it.
bool IsType(const std::string& type);

}  // namespace holdfast::relay
