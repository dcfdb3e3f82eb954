// Adds events to a journal that no owner serves, by the reader rule: a claim of its own, then
// batches.
#pragma once

#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/journal/journal_reader.h"

namespace holdfast {

struct EventsToAdd {
  SubjectId subject;
  std::vector<std::string> payloads;
  std::string principal;  // who did it
  std::string result;     // a constant: what they are
};

// Appends and reads back; the checkpoint after the last. No other process has the log open.
Result<journal::v1::Checkpoint> AddEvents(EventLog& log, const JournalIdentity& journal,
                                          const EventsToAdd& events, Instant now);

}  // namespace holdfast
