// An event as a subscriber group gets it: type, codes and days as they are, ids and names as the
// group's own pseudonyms, and nothing else.
#pragma once

#include <google/protobuf/message.h>

#include "services/relay/app/pseudonyms.h"
#include "services/relay/domain/cloud_event.h"

namespace holdfast::relay {

// Leaves of a message what its fields' classes let stay (services/relay/domain/field_classes.h). A
// code that does not look like one goes too.
void Pseudonymise(google::protobuf::Message& message, const Pseudonyms& pseudonyms);

// `message` is the event's, and is changed. `partitions` of the group's topic.
CloudEvent PseudonymousEventOf(const JournalEvent& event, google::protobuf::Message& message,
                               const Pseudonyms& pseudonyms, uint32_t partitions);

}  // namespace holdfast::relay
