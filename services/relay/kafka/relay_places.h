// How far each part of the journals was published, in the table that all instances share: whoever
// is given a partition goes on from there. What was published after the place that stands here is
// published again, with the same ids and bytes.
//
//   key = relay/LINE/SERVICE/PARTITION    value = Checkpoint of the walk behind the last event that
//   all brokers in sync have
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "holdfast/journal/v1/journal.pb.h"
#include "libs/eventlog/event_log.h"
#include "libs/eventlog/shared_table.h"

namespace holdfast::relay {

// A line and one partition of one journal.
using LinePart = std::pair<std::string, LogPartition>;

class RelayPlaces {
 public:
  // `table` outlives it.
  explicit RelayPlaces(SharedTable& table) : table_(table) {}

  // Reads what others have put until now.
  Result<void> CatchUp() { return table_.CatchUp(); }
  // Nothing: from the beginning.
  std::optional<journal::v1::Checkpoint> Find(const LinePart& part) const;
  // All or none is certain when it fails: they may be there.
  Result<void> Put(const std::map<LinePart, journal::v1::Checkpoint>& places);

 private:
  SharedTable& table_;
};

}  // namespace holdfast::relay
