// A child as courts and reporters speak of it: which items are stated of it, and which wait until
// its authority gives it a record. No clock, no randomness, no I/O.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/proceedings/domain/source.h"

namespace holdfast::proceedings {

// Of a version: when it was sent, and its content_sha256.
using VersionKey = std::pair<int64_t, std::string>;

// What the child knows of one item.
struct ItemOfChild {
  uint64_t source_event = 0;    // of the newest word taken
  std::set<VersionKey> stated;  // since it was last taken away
  std::map<VersionKey, v1::ItemWaits> waiting;
  std::optional<v1::ItemTakenAway> taken_away;  // while it is
};

struct StatedChild {
  std::string authority;                     // of the child; blank: it has no record
  KeyId key;                                 // its data key
  bool erased = false;                       // its record is
  std::map<std::string, ItemOfChild> items;  // by id
  // Of those that withdraw an item of the child, what was passed on with it; by id.
  std::map<std::string, ItemOfChild> passed_on;
};

// What the item says, of which an older word changes nothing. Personal data stays as it is in the
// command: of a child without a record under the item's key, else in the open.
Events Decide(const StatedChild& child, const v1::StateItem& command);

// All that waits is stated, and what was taken away is said under the child's authority: to be
// asked once the child has a record. Personal data is as it waits.
Events Release(const StatedChild& child);

// `child` after `event`.
void Apply(const v1::ProceedingsEvent& event, StatedChild& child);

}  // namespace holdfast::proceedings
