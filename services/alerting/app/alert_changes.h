// What became of an authority's alerts, event by event, in the order of each partition's journal:
// what subscribers are told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/shard/shard.h"
#include "services/alerting/domain/child_alerts.h"

namespace holdfast::alerting {

struct AlertChange {
  uint64_t number = 0;  // of the event, in its partition's journal
  Instant recorded_at;
  SubjectId child;
  Alert alert;                                        // as it was after it
  v1::AlertState from = v1::ALERT_STATE_UNSPECIFIED;  // before it; unspecified: it was not there
  std::optional<common::v1::Date> was_due;            // where the last permitted day moved
  std::string because;                                // in words
};

// Why a last permitted day is another one, in words.
std::string WhyMoved(const v1::AlertMoved& moved);

struct AlertChanges {
  std::vector<AlertChange> changes;
  uint64_t through = 0;  // all events of the partition up to this one are in, or before
  bool more = false;     // there are more to be read at once
};

// The changes of the authority's alerts after event `after`, at most about `limit`. On the shard's
// thread.
Result<AlertChanges> ChangesAfter(ShardView& view, std::string_view authority, uint64_t after,
                                  size_t limit);

}  // namespace holdfast::alerting
