// Commands on their way to a shard, and what comes back.
#pragma once

#include <functional>
#include <string>

#include "holdfast/journal/v1/journal.pb.h"
#include "libs/base/clock.h"
#include "libs/base/ids.h"
#include "libs/base/status.h"

namespace holdfast {

using journal::v1::OutcomeKind;

struct Command {
  std::string authority;    // with `id`, what repeats are known by
  CommandId id;             // a UUIDv7 of the caller, or any id of a service
  bool of_service = false;  // ids of services have no age
  std::string principal;    // who does it
  std::string request;      // the received bytes, which the keeper decodes
  std::string request_mac;  // over them; blank: repeats are not compared
  KeyId mac_key;            // the key it was made with
};

// What became of a command: the same for each repeat of it.
struct Answer {
  OutcomeKind kind = journal::v1::OUTCOME_KIND_UNSPECIFIED;
  std::string result;        // the service's constant
  std::string answer;        // the service's own message
  uint64_t first_event = 0;  // number of its first event; one more than last_event when it has none
  uint64_t last_event = 0;  // the position: a read at least here sees what the command did or found
  Instant recorded_at{};
  bool repeated = false;  // decided at an earlier call

  bool operator==(const Answer&) const = default;
};

// kUnavailable with NOT_TAKEN: nothing was appended; with OUTCOME_UNKNOWN: it may have been. Both
// may be sent again with the same id. Called once, on the shard's thread, or on the caller's when
// the mailbox is full.
using Reply = std::function<void(Result<Answer>)>;

struct SubmittedCommand {
  Command command;
  Reply reply;
};

inline Status NotTaken(std::string message) {
  return {StatusCode::kUnavailable, "NOT_TAKEN", std::move(message)};
}
inline Status OutcomeUnknown(std::string message) {
  return {StatusCode::kUnavailable, "OUTCOME_UNKNOWN", std::move(message)};
}

}  // namespace holdfast
