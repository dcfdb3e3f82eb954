// Checkpoints: a reader's place, kept with what it derived, and the proof on start that the log
// still is what was read.
#pragma once

#include "libs/eventlog/event_log.h"
#include "libs/journal/reader_state.h"

namespace holdfast {

// What all claims of a partition must say; a deployment's settings.
struct JournalIdentity {
  LogPartition partition;
  uint32_t partition_count = 1;
};

journal::v1::Claim ClaimOf(const JournalIdentity& identity);

// kFailedPrecondition with SETTINGS_DIFFER when a claim was made under other settings than ours.
Result<void> RequireSameSettings(const JournalIdentity& identity, const journal::v1::Claim& claim);

journal::v1::Checkpoint MakeCheckpoint(const std::string& log_id, const JournalIdentity& identity,
                                       const ReaderState& state);

ReaderState StateOf(const journal::v1::Checkpoint& checkpoint);

// Proves that `log` still holds what the checkpoint's reader read: the same log, not shorter, and
// the last valid record, read again, hashes to the checkpoint's chain. Otherwise kDataLoss with
// LOG_REGRESSION: nothing may be served from it.
Result<void> RequireUnchanged(EventLog& log, const LogPartition& partition,
                              const journal::v1::Checkpoint& checkpoint);

}  // namespace holdfast
